"""What machines read of the site: addresses, structured data, the list of pages, the web app's manifest."""

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
from handouts.site.pages import Page

LANGUAGE = "en"
AWAITS = "Awaits review by a licensed physiotherapist"


def clean_url(path: str, base_url: str) -> str:
    """The address of a page as we tell it to others: a folder, without `index.html`."""
    return base_url + path.removesuffix("index.html")


def site_path(base_url: str) -> str:
    """Where the site starts on its server; empty (the page's own folder) where nobody has said."""
    return urlsplit(base_url).path


def sitemap(pages: Iterable[Page], base_url: str) -> str:
    """Every page with its address and the day its words were last checked (sitemaps.org, version 0.9)."""
    entries = []
    for page in pages:
        day = f"<lastmod>{page.content.reviewed.isoformat()}</lastmod>" if page.content else ""
        entries.append(f"<url><loc>{escape(clean_url(page.path, base_url))}</loc>{day}</url>\n")
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{space}">\n{"".join(entries)}</urlset>\n'


def manifest(name: str) -> str:
    """The web app's manifest (W3C): how the site stands on a home screen."""
    icons = [{"src": f"icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"} for size in ICON_SIZES]
    said = {
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
    return json.dumps(said, indent=1, ensure_ascii=False)


def hash_of(files: Mapping[str, bytes]) -> str:
    """Twelve hex digits that change with any byte of the site."""
    digest = hashlib.sha256()
    for name, data in sorted(files.items()):
        digest.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
    return digest.hexdigest()[:12]


def linked_data(page: Page, library: Library, url: str, pictures: Mapping[str, ExercisePictures]) -> dict[str, Any] | None:
    """What a page is, in the words of schema.org; None for a page that shows no content file.

    A page that no reviewer is named on says that it awaits review and claims none.
    """
    content = page.content
    if content is None:
        return None
    clinic = library.clinic
    said: dict[str, Any] = {
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
        said["url"] = url
    return said | _subject(content, library, url if content.slug in pictures else "")


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


def _subject(content: model.Page, library: Library, drawn_at: str) -> dict[str, Any]:
    """What the page is about."""
    match content:
        case Exercise():
            plan = {"@type": "ExercisePlan", "name": content.name, "description": content.aim}
            plan |= {"alternateName": list(content.also)} if content.also else {}
            plan |= {"image": f"{drawn_at}preview.png"} if drawn_at else {}
            return {"mainEntity": plan}
        case Condition():
            return {"about": {"@type": "MedicalCondition", "name": content.name}}
        case Phase():
            return {"about": {"@type": "MedicalCondition", "name": library.conditions[content.condition].name}}
        case RedFlag():
            signs = [{"@type": "MedicalSignOrSymptom", "name": content.name}]
            return {"about": {"@type": "MedicalCondition", "name": content.name, "signOrSymptom": signs}}
    return {}
