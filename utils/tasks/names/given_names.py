"""Words that are first names in the reviews, and where they come from.

The list was derived from the reviews themselves, by `derive`, and then read
through: what the rule proposed and was taken out as no first name stands in
`REJECTED`. No other list of names went into it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable


def word_set(text: str) -> frozenset[str]:
    """Return the words between the spaces of a text.

    Args:
        text: Words, as a list of them is easiest to read and to change.
    """
    return frozenset(text.split())


GIVEN_NAMES = word_set(
    """
Abigail Adam Adele Aditya Ajay Akshay Al Alan Albert Alec Alex Alexander
Alexandra Alexandre Alexis Alfred Alice Alicia Alison Allan Allison Alvin
Amanda Amitabh Amy Ana Andre Andrea Andrew Andy Aneta Ang Angela Angelina Angie
Anil Anita Ann Anna Anne Annie Anthony Antonio Antwone Archie Ariel Arnold
Arthur Ashley Ashraf Audrey Aurora Bambi Barbara Barry Basil Beatrice Becky
Bela Ben Bernard Bernie Bert Beth Betsy Bette Betty Beverly Bill Billie Billy
Blair Bo Bob Bobby Boman Bonnie Boris Brad Bradford Brandon Brenda Brendan
Brian Bridget Brigitte Brittany Brooke Bruce Bruno Burt Caleb Cameron Campbell
Carl Carol Carole Caroline Carrie Cary Cassandra Cate Catherine Cathryn Cecil
Celie Chad Charles Charlie Charlize Charlotte Charlton Chazz Cheech Chico Chloe
Chris Christina Christine Christopher Christy Chuck Cillian Cinderella Cindy
Claire Clara Clark Claudia Clint Clive Clovis Cody Cole Colin Connie Connor
Conrad Constance Coop Corbin Corey Corin Corinne Cory Craig Cristina Cybil
Cybill Cynthia Daisy Damien Dan Dana Daniel Daniela Danielle Danny Daphne
Darren Dave David Dean Debbie Deborah Debra Delia Denholm Denis Denise Dennis
Denzel Derek Dermot Devon Diana Diane Diego Dimitri Dixon Dolph Dominic Donald
Donna Doris Dorothy Doug Douglas Drew Dudley Dustin Dwight Dyan Dylan Ed Eddie
Edgar Edie Edith Edmund Eduardo Edward Eileen Eli Elia Elias Elijah Elisabeth
Elisha Eliza Elizabeth Ella Ellen Elvira Embeth Emil Emile Emily Emma
Emmanuelle Emory Eric Erica Erik Erika Errol Esther Ethan Eugene Eva Evelyn
Everett Eytan Fanny Farrah Fay Faye Felix Fenton Fernando Fisher Florinda Flynn
Frances Francine Francis Frank Franka Frankie Fred Gage Gail Gandhi Gary Gauri
Gena Gene Geoffrey George Georges Gerald Geraldine Gerard Giancarlo Gilbert
Gillian Gina Giovanna Giovanni Glenda Glenn Gloria Goldie Gordon Graham Gram
Greg Gregory Griffin Gunnar Gwyneth Gypo Hal Hank Hanna Hannah Harilal Harold
Harriet Harrison Harry Harvey Hayden Hazel Heather Hedy Heidi Helen Henry
Herbert Herman Hermann Hideo Hilary Hildegard Hillary Hitler Holly Holmes Homer
Howard Hugh Ian Ida Igor Ingrid Irene Isabel Isabelle Ivan Jack Jackie Jacky
Jacques Jafar Jaime Jake James Jamie Jane Janeane Janet Janice Janie Janine
Jared Jason Jay Jean Jed Jeff Jeffrey Jenna Jennie Jennifer Jenny Jeremy Jeroen
Jerry Jess Jesse Jessica Jessie Jill Jim Jimmy Joan Joanna Joanne Jodie Joe
Joel Joey John Johnny Jon Jonathan Jorge Jose Joseph Josh Joss Juan Judd Jude
Judi Judith Judy Julia Julian Julie Juliette Justin Jutta Kaley Kareena Karen
Kari Karl Karyn Kate Katey Kathleen Kathryn Kathy Katie Katja Kaufman Kay
Keaton Keira Keith Kel Kelly Ken Kenneth Kenny Kerry Kevin Kiefer Kiera Kim
Kimberly Kip Kira Kirk Kris Krishna Kristin Kurt Kyle Lambert Lamberto Lana
Larn Larry Laura Lauren Laurence Laurie Lawrence Lee Lena Leo Leonard Leslie
Lewis Liam Lila Lili Lilly Lily Linda Lindsay Lionel Lisa Liv Liza Lloyd
Lochlyn Lola Loretta Lou Louis Louise Luana Luc Lucien Lucio Lucy Luigi Luis
Luise Lukas Luke Lyle Mabel Mack Macy Madchen Madeleine Magda Maggie Mamie
Mandy Manny Marc Marcel Marcus Margaret Maria Marie Marilyn Marina Mario Marion
Marisa Marja Marlene Marlon Marsha Marshall Martha Martin Marty Mary Marylee
Massimo Matheson Matt Matthew Maude Maureen Maurice Max Meg Megan Mel Melanie
Melinda Melissa Melody Melvyn Meredith Meryl Mia Michael Micheal Michel
Michelle Mick Mickey Miguel Mike Millard Millie Mira Miranda Mischa Missy Mitch
Molly Monica Morgan Morgana Muriel Murray Murvyn Myra Myrna Nadine Najwa Nancy
Nastassja Natalie Natasha Ned Neil Nelson Nettie Neve Neville Nicholas Nick
Nicky Nicolas Nicole Nils Nina Nino Noah Noel Norman Novak Ohad Oliver Olivia
Olivier Omar Orson Otto Owen Pamela Parker Parminder Pat Patric Patricia
Patrick Patty Paul Paula Pauline Paz Peggy Penelope Perry Pete Peter Phil
Philip Philippe Phillip Pierre Pip Polly Pym Rachel Radha Rainn Ralph Randolph
Randy Raoul Ray Raymond Reb Rebecca Redgrave Reed Reese Regina Reginald Rene
Renee Renny Rex Ricardo Richard Rick Rita Rob Robbie Robert Roberto Robin Roger
Roland Romany Ron Ronald Ronny Rory Rosanna Rosario Rose Rosemary Rosie Ross
Roy Roz Ruby Ruggero Rukh Rupert Russ Russell Rutger Ruth Ryan Sally Salman Sam
Samantha Sammy Sampson Samuel Sandra Sandu Sandy Sanjay Sara Sarah Saul
Scarlett Scatman Scott Sean Sebastian Selma Sergei Sergio Seth Seymour Shahid
Shannyn Sharon Shayan Shefali Sheila Shekhar Shelley Sherry Sheryl Shintaro
Shirley Sho Sidney Signe Simon Sissy Skeet Sondra Sonja Sonny Sophia Sophie
Stacey Stacy Stan Stanley Stanwyck Stella Stephanie Stephen Steve Steven
Stewart Streep Stribor Stuart Sullivan Susan Suzanne Svea Sybil Sylvia Tabu Taj
Takashi Talia Tara Taylor Ted Terence Terri Terry Thelma Theresa Thom Thomas
Thompson Tim Timmy Timon Timothy Tina Tobey Toby Todd Tom Tommy Toni Tony Tracy
Trent Trish Tristan Tyler Tyrone Ulli Uma Ursula Uwe Val Valerie Vanessa Vaughn
Vera Vic Vicki Vicky Victor Viggo Vincent Vincente Vincenzo Vipul Vivian
Wallace Walter Warren Wayne Wendy Wes Wesley Whoopi Willem William Willie Woody
Yoshio Zelda Zoe
"""
)
"""Names that are hardly ever anything else when they have a capital."""

AMBIGUOUS = word_set(
    """
Angel Ash Buddy Christian Cliff Dakota Dale Dane Dick Don Earl Faith Georgia
Ginger Grace Guy Heath Hope Jet June Lane Mark May Miles Pearl Penny Pierce
Rock Roman Spike Victoria Virginia Will
"""
)
"""First names that are words, months, places or titles as well.

One of them counts as a name only beside another part of a name.
"""

REJECTED = word_set(
    """
American Baron Brown Captain Carface Colonel Cuba Dell Dey Dr Hollywood Itchy
Jun King Le Les Lord Mr Mrs Ms Olympia Oscar Pecker Prince Santa Sgt Stack
Stone Sunday Tudor Van
"""
)
"""What `derive` proposes and was taken out: titles, places, words."""

LEAST = 3
"""How often a word must stand where a first name stands."""

_KIN = (
    "(?:husband|wife|(?:step)?(?:brother|mother|father|sister|son|daughter)"
    "|(?:girl|boy)?friend|cousin|fiancee?|lover|partner)"
)
_CLUES = (
    r"(?:\b(?:(?:directed|played|written|portrayed|performed|acted) by"
    r"|starring|stars|actors?|actress(?:es)?|director|comedian|writer) |\()"
    r"([A-Z][a-z]+)(?= (?:[A-Z]\. )?[A-Z][a-z]+(?:[),.;']| [a-z]))",
    rf"\b(?:named|{_KIN}),? ([A-Z][a-z]+)\b",
    rf"\b([A-Z][a-z]+)'s (?:[a-z]+ )?{_KIN}\b",
)
"""Places of a first name: *played by* Jane Doe, (Jane Doe), *named* Jane,
*her sister* Jane, Jane's *sister*."""


def derive(texts: Iterable[str]) -> set[str]:
    """Return the words that stand where first names stand.

    A word is proposed if it stands at least three times in one of the
    places of ``_CLUES``, and if it is written with a capital more than
    twice as often as without.

    Args:
        texts: Reviews as they were written, with their capitals.

    Returns:
        The proposals: the list above, some words of `AMBIGUOUS` that are
        too frequent in lower case missing, and `REJECTED`.
    """
    text = "\n".join(texts)
    places: Counter[str] = Counter()
    for clue in _CLUES:
        places.update(re.findall(clue, text))
    words = Counter(re.findall(r"[A-Za-z]+", text))
    return {
        word
        for word, count in places.items()
        if count >= LEAST and words[word] > 2 * words[word.lower()]
    }
