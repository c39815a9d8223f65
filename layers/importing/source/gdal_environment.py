"""What the environment of a process says to GDAL before it is loaded there: no network, no files that name others.

GDAL reads it once, when `pyogrio` is imported, so it must be set by whoever starts the process.
"""

from __future__ import annotations

#: Drivers that follow addresses or other files; read by GDAL from the environment when it is loaded.
_UNWANTED_DRIVERS = (
    *("OGR_VRT", "GDALG", "HTTP", "WFS", "OAPIF", "CSW", "OGCAPI", "EEDA", "PLSCENES", "NGW", "Carto", "AmigoCloud"),
    *("Elasticsearch", "ADBC", "PGDUMP", "GPSBabel", "TopoJSON", "ESRIJSON", "GeoRSS", "GML", "OSM", "PMTiles", "MVT"),
)
#: For the environment of the process that reads files of unknown origin, before it imports `pyogrio`.
ENVIRONMENT = {
    "GDAL_SKIP": ",".join(_UNWANTED_DRIVERS),
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "GDAL_HTTP_TIMEOUT": "1",
    "GDAL_HTTP_MAX_RETRY": "0",
    "OGR_SQLITE_LOAD_EXTENSIONS": "NO",
}
