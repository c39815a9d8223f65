"""Signing in at a provider by OpenID Connect: authorization code with PKCE (RFC 6749, 7636, 9207; OIDC Core 1.0)."""
