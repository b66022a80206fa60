"""What machines read of the site: canonical addresses, linked data, the sitemap, the web app's manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from handouts import model
from handouts.model import Condition, Exercise, Library, Phase, RedFlag, Topic
from handouts.pictures.site import ExercisePictures
from handouts.pictures.thumbnails import ICON_SIZES
from handouts.site.pages import SitePage

LANGUAGE = "en"
AWAITS = "Awaits review by a licensed physiotherapist"


def clean_url(path: str, base_url: str) -> str:
    """Return the canonical address of a page: a folder, without `index.html`."""
    return base_url + path.removesuffix("index.html")


def site_path(base_url: str) -> str:
    """Return the path at which the site starts on its server; empty where the site has no address."""
    return urlsplit(base_url).path


def sitemap(pages: Iterable[SitePage], base_url: str) -> str:
    """Return the sitemap: each page with its address and the day it was last checked (sitemaps.org, version 0.9)."""
    entries = []
    for page in pages:
        day = f"<lastmod>{page.content.reviewed.isoformat()}</lastmod>" if page.content else ""
        entries.append(f"<url><loc>{escape(clean_url(page.path, base_url))}</loc>{day}</url>\n")
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{namespace}">\n{"".join(entries)}</urlset>\n'


def manifest(name: str) -> str:
    """Return the web app manifest (W3C), by which a browser puts the site on a home screen."""
    icons = [{"src": f"icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"} for size in ICON_SIZES]
    data = {
        "name": name,
        "short_name": name,
        "lang": LANGUAGE,
        "start_url": "index.html",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#0b5560",
        "icons": [*icons, {"src": "icon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
    return json.dumps(data, indent=1, ensure_ascii=False)


def hash_of(files: Mapping[str, bytes]) -> str:
    """Return twelve hex digits that change with any byte of these files."""
    digest = hashlib.sha256()
    for name, data in sorted(files.items()):
        digest.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
    return digest.hexdigest()[:12]


def linked_data(
    page: SitePage, library: Library, url: str, pictures: Mapping[str, ExercisePictures]
) -> dict[str, Any] | None:
    """Return the linked data of a page (schema.org); None for a page that shows no content file.

    A page without a reviewer says that it awaits review.
    """
    content = page.content
    if content is None:
        return None
    clinic = library.known_clinic()
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": content.name,
        "description": _description(content),
        "inLanguage": LANGUAGE,
        "isAccessibleForFree": True,
        "audience": {"@type": "MedicalAudience", "audienceType": "Patient"},
        "dateModified": content.reviewed.isoformat(),
        "publisher": {"@type": "MedicalOrganization", "name": clinic.name, "telephone": clinic.phone},
        **_review(content),
    }
    if url:
        data["url"] = url
    return data | _subject(content, library, url if content.slug in pictures else "")


def _review(content: model.Page) -> dict[str, Any]:
    if content.reviewer is None:
        return {"creativeWorkStatus": AWAITS}
    return {"lastReviewed": content.reviewed.isoformat(), "reviewedBy": {"@type": "Person", "name": content.reviewer}}


def _description(content: model.Page) -> str:
    match content:
        case Exercise():
            return content.aim
        case Condition() | Topic():
            return content.summary
        case Phase():
            return content.time_hint
    return f"Signs that mean stop and get help: {content.name}."


def _subject(content: model.Page, library: Library, picture_folder: str) -> dict[str, Any]:
    """Return the linked data of the page's subject; `picture_folder` is empty where there is no picture of it."""
    match content:
        case Exercise():
            plan: dict[str, Any] = {"@type": "ExercisePlan", "name": content.name, "description": content.aim}
            if content.also:
                plan["alternateName"] = list(content.also)
            if picture_folder:
                plan["image"] = f"{picture_folder}preview.png"
            return {"mainEntity": plan}
        case Condition():
            return {"about": {"@type": "MedicalCondition", "name": content.name}}
        case Phase():
            return {"about": {"@type": "MedicalCondition", "name": library.conditions[content.condition].name}}
        case RedFlag():
            signs = [{"@type": "MedicalSignOrSymptom", "name": content.name}]
            return {"about": {"@type": "MedicalCondition", "name": content.name, "signOrSymptom": signs}}
    return {}
