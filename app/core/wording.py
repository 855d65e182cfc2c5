"""Built-in texts that must not depend on content: risk, STOP, START, HELP, and what is said when content fails.

Each is written for each language; a clinician signs them. They fit two segments, and use no accents that would
halve the room in a segment where the language allows it.
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
        "I'm automated, and nobody reads this live. What you wrote sounds serious. Please call or text 988 now "
        "(US, any hour), or 911 if you are in danger. Outside the US: findahelpline.com. "
        "If I read you wrong, reply 4."
    ),
    "risk_other": (
        "I'm automated, and nobody reads this live. If someone may be in danger, call 911 now. For worry about "
        "someone, or about yourself, 988 takes calls and texts at any hour (US). Elsewhere: findahelpline.com. "
        "If I read you wrong, reply 4."
    ),
    "risk_medical": (
        "I'm automated, and nobody reads this live. If you took too much, or feel very ill, call 911 now. Poison "
        "help: 1-800-222-1222. For thoughts of suicide: call or text 988 (US). If I read you wrong, reply 4."
    ),
    "risk_and_stop": (
        "You are unsubscribed. I'm automated, and nobody reads this live. What you wrote sounds serious. Please "
        "call or text 988 now (US, any hour), or 911 if you are in danger. Outside the US: findahelpline.com."
    ),
    "risk_again": (
        "Still automated here. Please reach a person now: call or text 988 (US, any hour), or 911 if you are in "
        "danger. Outside the US: findahelpline.com."
    ),
    "check": (
        "I'm automated and can't tell how bad it is. If you might hurt yourself or are not safe, call or text 988 "
        "(US), or 911. Outside the US: findahelpline.com."
    ),
    "held": (
        "I'm automated, and the usual texts are on hold here until a person has looked. To talk to a person now: "
        "call or text 988 at any hour (US). Outside the US: findahelpline.com."
    ),
    "misread": (
        "Sorry, I read that wrong. Thanks for telling me. The usual texts go on. 988 is there if it ever fits."
    ),
    "misread_held": (
        "Thanks for telling me. To be careful the usual texts stay on hold until a person has looked. "
        "988 is there any hour, by call or text (US)."
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
        "{sender}: automated texts. Text START to read what this is. Nothing is sent before you agree. HELP helps."
    ),
    "media": "I'm automated and can't see pictures or hear voice notes. Please use words.",
    "skipped": "Skipped. That is fine.",
    "later": "OK, not now. It may come back another time.",
    "later_none": "Nothing is waiting right now.",
    "noted": "Thanks, noted.",
    "content_fault": "Thanks. Something here needs mending on our side, so I leave it at that for now.",
    "menu": "Reply with a number:",
}

ES: dict[Name, str] = {
    "risk": (
        "Soy automatico y nadie lee esto en vivo. Lo que escribes suena serio. Llama ya al 988 y oprime 2, o envia "
        "AYUDA al 988 (EE. UU.). En peligro: 911. Otros paises: findahelpline.com. Si te entendi mal, responde 4."
    ),
    "risk_other": (
        "Soy automatico y nadie lee esto en vivo. Si alguien corre peligro, llama ya al 911. Si te preocupa alguien, "
        "o si es por ti: 988, luego 2 (EE. UU.). Otros paises: findahelpline.com. Si te entendi mal, responde 4."
    ),
    "risk_medical": (
        "Soy automatico y nadie lee esto en vivo. Si tomaste demasiado o te sientes muy mal, llama ya al 911. "
        "Intoxicaciones: 1-800-222-1222. Ideas de suicidio: 988, luego 2. Si te entendi mal, responde 4."
    ),
    "risk_and_stop": (
        "Ya no recibes mensajes. Soy automatico y nadie lee esto en vivo. Lo que escribes suena serio. Llama ya al "
        "988 y oprime 2 (EE. UU.), o al 911 si corres peligro. Otros paises: findahelpline.com."
    ),
    "risk_again": (
        "Sigo siendo automatico. Habla ya con una persona: 988, luego 2 (EE. UU.), o 911 si corres peligro. "
        "Otros paises: findahelpline.com."
    ),
    "check": (
        "Soy automatico y no puedo saber que tan grave es. Si podrias hacerte algo o no estas a salvo, llama al 988 "
        "y oprime 2 (EE. UU.), o al 911. Otros paises: findahelpline.com."
    ),
    "held": (
        "Soy automatico, y los mensajes de siempre esperan hasta que una persona los revise. Para hablar ya con "
        "alguien: 988, luego 2, a cualquier hora (EE. UU.). Otros paises: findahelpline.com."
    ),
    "misread": "Perdona, te entendi mal. Gracias por decirlo. Los mensajes de siempre siguen. El 988 sigue ahi.",
    "misread_held": (
        "Gracias por decirlo. Por cuidado, los mensajes de siempre esperan hasta que una persona los revise. "
        "988, luego 2, a cualquier hora (EE. UU.)."
    ),
    "stopped": (
        "{sender}: ya no recibes mensajes. Si te sientes en peligro, llama o escribe al 988, o llama al 911. "
        "START los reactiva."
    ),
    "started": "{sender}: recibes mensajes otra vez. Son automaticos. STOP los termina, HELP ayuda.",
    "nothing_to_start": "{sender}: ya recibes los mensajes. STOP los termina, HELP ayuda.",
    "help": (
        "{sender}: mensajes automaticos, nadie los lee en vivo. Preguntas: {contact}. En crisis: 988, luego 2, o "
        "911. Pueden aplicar tarifas. STOP para terminar."
    ),
    "how_to_begin": (
        "{sender}: mensajes automaticos. Escribe START para leer de que se trata. Nada se envia sin tu acuerdo."
    ),
    "media": "Soy automatico y no puedo ver fotos ni oir notas de voz. Usa palabras, por favor.",
    "skipped": "Saltado. Esta bien.",
    "later": "De acuerdo, ahora no. Quizas vuelva en otro momento.",
    "later_none": "Ahora no hay nada pendiente.",
    "noted": "Gracias, anotado.",
    "content_fault": "Gracias. Algo aqui falla de nuestro lado, asi que por ahora lo dejo en esto.",
    "menu": "Responde con un numero:",
}

_BY_LANGUAGE = {"en": EN, "es": ES}


def built_in(name: Name, language: str, *, sender: str = "", contact: str = "") -> str:
    """The built-in text in the language, or in English when it is not written in that one."""
    text = _BY_LANGUAGE.get(language, EN)[name]
    return text.replace("{sender}", sender).replace("{contact}", contact)
