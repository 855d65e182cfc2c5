"""Built-in texts that must not depend on content: risk, STOP, START, HELP, and what is said when content fails.

Each is written for each language; a clinician signs them. They fit two segments. The Spanish is spelled right
with the letters that a plain segment holds (é, ñ, ¿): words that need another accent are not used.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

Name: TypeAlias = Literal[
    "risk",
    "risk_other",
    "risk_medical",
    "risk_and_stop",
    "risk_again",
    "check",
    "held",
    "misread",
    "misread_held",
    "stopped",
    "started",
    "nothing_to_start",
    "help",
    "how_to_begin",
    "media",
    "skipped",
    "later",
    "later_none",
    "noted",
    "content_fault",
    "menu",
]

EN: dict[Name, str] = {
    "risk": (
        "I'm automated, and nobody reads this live. What you wrote sounds serious. You don't have to be alone "
        "with it: call or text 988 now (US, any hour; en español: 2). Hurt, took something, or in danger: call "
        "911. Outside the US: findahelpline.com. If I read you wrong, reply WRONG."
    ),
    "risk_other": (
        "I'm automated, and nobody reads this live. If you or someone else is in danger, call 911 now. Not safe "
        "with someone: 1-800-799-7233. Worried about a person, or about yourself: call or text 988 (US, any "
        "hour). Elsewhere: findahelpline.com. If I read you wrong, reply WRONG."
    ),
    "risk_medical": (
        "I'm automated, and nobody reads this live. If you took too much, or feel very ill, call 911 now, or "
        "your own emergency number outside the US. Poison help: 1-800-222-1222. For thoughts of suicide: call or "
        "text 988 (US). If I read you wrong, reply WRONG."
    ),
    "risk_and_stop": (
        "You are unsubscribed. I'm automated, and nobody reads this live. What you wrote sounds serious. Please "
        "call or text 988 now (US, any hour; en español: 2). Hurt, took something, or in danger: call 911. "
        "Outside the US: findahelpline.com."
    ),
    "risk_again": (
        "Still automated here, and you deserve a person now: call or text 988 (US, any hour). Hurt, took "
        "something, or in danger: call 911. Outside the US: findahelpline.com."
    ),
    "check": (
        "That sounds hard. I'm automated and can't tell how bad it is. If you might hurt yourself, call or text "
        "988 (US, any hour). If you are not safe, call 911. Outside the US: findahelpline.com."
    ),
    "held": (
        "I'm automated, and to be careful the usual texts are on hold here. To talk to a person now: call or "
        "text 988 at any hour (US). In danger: call 911. Outside the US: findahelpline.com. If I read you wrong, "
        "reply WRONG."
    ),
    "misread": (
        "Sorry, I read that wrong. Thanks for telling me. The usual texts go on. 988 is there at any hour, by "
        "call or text (US)."
    ),
    "misread_held": (
        "Thanks for telling me. To be careful the usual texts stay on hold for now. 988 is there at any hour, by "
        "call or text (US). In danger: call 911."
    ),
    "stopped": (
        "{sender}: you are unsubscribed, no more texts. If life feels unsafe, call or text 988, or call 911. "
        "START brings the texts back."
    ),
    "started": "{sender}: you are subscribed again. Automated texts. STOP ends them, HELP helps.",
    "nothing_to_start": "{sender}: you are subscribed already. STOP ends the texts, HELP helps.",
    "help": (
        "{sender}: automated texts, nobody reads them live. Questions: {contact}. In crisis call or text 988, or "
        "call 911. Msg & data rates may apply. Reply STOP to end."
    ),
    "how_to_begin": (
        "{sender}: automated texts. Text START to read what this is. Nothing is sent before you agree. HELP "
        "helps."
    ),
    "media": (
        "I'm automated and can't see pictures or hear voice notes. Please use words. For a person: call or text "
        "988 (US)."
    ),
    "skipped": "Skipped. That is fine.",
    "later": "OK, not now. It may come back another time.",
    "later_none": "Nothing is waiting right now.",
    "noted": (
        "Thanks, noted. If it is a hard time: MENU has small things, and 988 takes calls and texts (US)."
    ),
    "content_fault": (
        "Thanks. Something here needs mending on our side, so I leave it at that for now. For a person: call or "
        "text 988 (US)."
    ),
    "menu": "Reply with a number:",
}

ES: dict[Name, str] = {
    "risk": (
        "Soy un programa y nadie lee esto en vivo. Lo que escribes suena serio. No tienes que estar a solas con "
        "esto: llama ya al 988 y oprime 2, o manda AYUDA al 988 (EE. UU.). Si hay heridas, tomaste algo o corres "
        "peligro: 911. Fuera de EE. UU.: findahelpline.com. Si te entiendo mal, responde ERROR."
    ),
    "risk_other": (
        "Soy un programa y nadie lee esto en vivo. Si corres peligro, o alguien lo corre, llama ya al 911. Si "
        "alguien te hace daño: 1-800-799-7233. Si te preocupa alguien, o si es por ti: 988, luego 2 (EE. UU.). "
        "Fuera: findahelpline.com. Si te entiendo mal, responde ERROR."
    ),
    "risk_medical": (
        "Soy un programa y nadie lee esto en vivo. Si tomaste demasiado o te sientes muy mal, llama ya al 911, o "
        "al servicio de emergencias de donde vives. Venenos: 1-800-222-1222. Ideas de suicidio: 988, luego 2 "
        "(EE. UU.). Si te entiendo mal, responde ERROR."
    ),
    "risk_and_stop": (
        "Ya no recibes mensajes. Soy un programa y nadie lee esto en vivo. Lo que escribes suena serio. Llama ya "
        "al 988 y oprime 2, o manda AYUDA al 988 (EE. UU.). Si hay heridas, tomaste algo o corres peligro: 911. "
        "Fuera de EE. UU.: findahelpline.com."
    ),
    "risk_again": (
        "Sigo siendo un programa, y mereces hablar ya con una persona: 988, luego 2, o manda AYUDA al 988 (EE. "
        "UU.). Si hay heridas, tomaste algo o corres peligro: 911. Fuera de EE. UU.: findahelpline.com."
    ),
    "check": (
        "Eso suena duro. Soy un programa y no puedo saber qué tan grave es. Si piensas en hacerte daño, llama al "
        "988 y oprime 2 (EE. UU.). Si corres peligro, llama al 911. Fuera de EE. UU.: findahelpline.com."
    ),
    "held": (
        "Soy un programa, y por cuidado los mensajes de siempre esperan. Para hablar ya con una persona: 988, "
        "luego 2, a toda hora (EE. UU.). En peligro: 911. Fuera de EE. UU.: findahelpline.com. Si te entiendo "
        "mal, responde ERROR."
    ),
    "misread": (
        "Perdona, fue un error de lectura. Gracias por decirlo. Los mensajes de siempre siguen. El 988, luego 2, "
        "atiende a toda hora (EE. UU.)."
    ),
    "misread_held": (
        "Gracias por decirlo. Por cuidado, los mensajes de siempre esperan por ahora. 988, luego 2, a toda hora "
        "(EE. UU.). En peligro: 911."
    ),
    "stopped": (
        "{sender}: ya no recibes mensajes. Si te sientes en peligro, llama al 988 y oprime 2, o llama al 911. "
        "START los reactiva."
    ),
    "started": "{sender}: recibes mensajes otra vez. Los manda un programa. STOP los termina, HELP ayuda.",
    "nothing_to_start": "{sender}: ya recibes los mensajes. STOP los termina, HELP ayuda.",
    "help": (
        "{sender}: mensajes de un programa, nadie los lee en vivo. Preguntas: {contact}. En crisis: 988, luego "
        "2, o 911. Pueden aplicar tarifas. STOP para terminar."
    ),
    "how_to_begin": (
        "{sender}: mensajes de un programa. Escribe START para leer de qué se trata. Nada se manda sin tu "
        "acuerdo."
    ),
    "media": (
        "Soy un programa y no puedo ver fotos ni escuchar notas de voz. Usa palabras, por favor. Para hablar con "
        "una persona: 988, luego 2 (EE. UU.)."
    ),
    "skipped": "De acuerdo, seguimos sin eso.",
    "later": "De acuerdo, ahora no. Tal vez vuelva en otro momento.",
    "later_none": "Ahora no hay nada pendiente.",
    "noted": (
        "Gracias, anotado. Si es un momento duro: MENU tiene cosas breves, y el 988, luego 2, atiende (EE. UU.)."
    ),
    "content_fault": (
        "Gracias. Algo falla de nuestro lado, por ahora lo dejo en esto. Para hablar con una persona: 988, luego "
        "2 (EE. UU.)."
    ),
    "menu": "Responde con una cifra:",
}

_BY_LANGUAGE = {"en": EN, "es": ES}


def built_in(name: Name, language: str, *, sender: str = "", contact: str = "") -> str:
    """The built-in text in the language, or in English when it is not written in that one."""
    text = _BY_LANGUAGE.get(language, EN)[name]
    return text.replace("{sender}", sender).replace("{contact}", contact)
