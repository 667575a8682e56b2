"""Words of the reference desk: kinds of things, relations, yes and no."""

from open1540.interfaces.language import Translator


def kinds(t: Translator) -> dict[str, str]:
    """The kinds of facts."""
    return {
        "instruments": t("Instruments"),
        "resolutions": t("Resolutions"),
        "obligations": t("Obligations under resolution 1540 (2004)"),
        "topics": t("Topics"),
        "actors": t("Actors"),
        "templates": t("Templates of the matrix"),
        "crosswalk": t("Crosswalk between templates"),
        "themes": t("Themes of the matrix"),
        "pathways": t("Threat pathways"),
        "sources": t("Sources"),
    }


def kinds_of_instrument(t: Translator) -> dict[str, str]:
    """The kinds of instruments."""
    return {
        "treaty": t("treaty"),
        "agreement": t("agreement"),
        "zone": t("nuclear-weapon-free zone"),
        "arrangement": t("arrangement"),
        "regime": t("export control regime"),
        "initiative": t("initiative"),
        "organisation": t("organisation"),
    }


def kinds_of_actor(t: Translator) -> dict[str, str]:
    """The kinds of actors."""
    return {
        "organisation": t("organisation"),
        "organ": t("organ"),
        "subsidiary_organ": t("subsidiary organ"),
        "expert_body": t("body of experts"),
        "working_group": t("working group"),
        "office": t("office"),
        "forum": t("forum"),
        "initiative": t("initiative"),
        "regime": t("export control regime"),
        "person": t("office-holder"),
        "armed_group": t("armed group"),
        "class": t("class of States or persons"),
        "region": t("region"),
        "place": t("place"),
    }


def kinds_of_source(t: Translator) -> dict[str, str]:
    """The kinds of sources."""
    return {
        "official": t("official: the depositary or the United Nations"),
        "secondary": t("secondary: a copy or an analysis"),
        "tertiary": t("tertiary: an encyclopaedia, or the editors"),
    }


def relations_of(t: Translator) -> dict[str, str]:
    """How a field of one template stands to one of another."""
    return {
        "same": t("the same"),
        "broader": t("covers more"),
        "narrower": t("covers less"),
        "split": t("a part of it, the rest elsewhere"),
        "merged": t("this field and others"),
        "dropped": t("dropped"),
        "new": t("new"),
    }


def yes_or_no(t: Translator, told: bool | None) -> str:
    """Yes, no, or for some paragraphs only."""
    return t("for some paragraphs only") if told is None else t("yes") if told else t("no")
