"""Sentences about protection, in English. Every key begins with `protection.`."""

SENTENCES: dict[str, str] = {
    "protection.separator": "; ",
    "protection.end": ".",
    "protection.tier": "tier {tier}",
    "protection.tier_first": "first of all",
    "protection.out_electricity": "{customers} customers without power",
    "protection.out_gas": "{customers} customers without gas",
    "protection.out_heat": "{customers} customers without heat",
    "protection.out_water": "{customers} customers without water",
    "protection.losses": "its failure leaves {losses}",
    "protection.place_at_once": "{name} ({tier}) fails at once: {lack}",
    "protection.place_later": "{name} ({tier}) fails after {duration}: {lack}",
    "protection.places_more": "within {duration} {count} listed places fail",
    "protection.places_at_once": "{count} listed places fail at once",
    "protection.same": "the same follows from {count} other elements",
    "protection.own_failure": "damaged itself",
    "protection.pair": "together they take more than apart: {more}",
    "protection.pair_longer": "listed places are down {hours} h longer in all",
    "protection.pair_same": "the same follows from {count} other pairs",
    "protection.pair_harmless": "each alone affects no customer and no listed place",
    "protection.single_one": "it has one connection: if {element} fails it has {lack}",
    "protection.single_many": "all its feeds pass {element}: if that fails it has {lack}",
    "protection.single_count": "in all {elements} elements ({places} places) would each leave it with {lack},"
    " and no tie brings it back",
    "protection.single_alone": "no tie brings it back",
    "protection.single_tied": "for {count} other places upstream a tie would bring it back",
    "protection.reserve": "its reserve lasts {duration}",
    "protection.reserve_none": "it has no reserve",
    "protection.reserve_unknown": "its reserve is unknown",
    "protection.short": "with {lack} its reserve lasts {reserve}, a usual repair of {element} takes {usual}:"
    " {missing} short",
    "protection.short_none": "with {lack} it has no reserve, a usual repair of {element} takes {usual}",
    "protection.short_unknown": "with {lack} nobody knows how long it lasts, a usual repair of {element} takes"
    " {usual}: find out",
    "protection.short_tied": "it has a second feed or a tie",
    "protection.summary_examined": "{count} single failures were followed for {horizon}",
    "protection.summary_guard": "guard {name} first ({reason})",
    "protection.summary_nothing": "none takes supply from a listed place or customer",
    "protection.summary_pairs": "pairs of elements that take more together than apart: {count}",
    "protection.summary_single": "listed places with a required supply over one way alone: {count}",
    "protection.summary_short": "reserves shorter than a usual repair: {count} places",
    "protection.summary_unknown": "reserves that nobody knows: {count} places",
    "protection.summary_coal": "plants whose coal ends within this time: {count}",
    "protection.assumption.no_repair": "Repairs, switching and mobile units are not counted: failures last from {clock}"
    " for {horizon}.",
    "protection.assumption.single": "One element (of a pair, two) fails at a time; everything else runs as usual at the"
    " season's full demand.",
    "protection.assumption.chosen": "The system is large: the {count} failures with the heaviest losses of supply were"
    " followed, {left} others were not.",
    "protection.assumption.pairs": "Pairs were followed among the heaviest elements, and for what matters most once the"
    " first has failed: {count} pairs, not all there are.",
    "protection.assumption.second_feed": "“One way alone” means: with that element failed and isolated there is no"
    " supply, and closing any one tie does not bring it back.",
    "protection.assumption.usual_hours": "Usual repair hours are estimates by network and kind without the journey;"
    " known ones go before them.",
    "protection.summary_places": "listed places that fail: {count}",
    "protection.assumption.unknown_customers": "{count} consumer points have no customer figure and are not counted.",
    "protection.assumption.unknown_as_none": "A reserve that nobody knows counts as none when failures are followed"
    " (worst case); the lists still call it unknown.",
}
