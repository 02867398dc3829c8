//! What a changed program does is shown, not promised.

use std::sync::LazyLock;

use regex::Regex;

use super::Context;
use crate::fault::Fault;
use crate::listings::Workspace;
use crate::pages::line_of;
use crate::pages::prose::Sentence;
use crate::site::is_external;

/// A sentence that tells the reader to change a listing, and what happens then,
/// stands in a variation, or links to one.
///
/// This is an approximation, which reads words and no grammar. It knows some
/// verbs of change at the beginning of a sentence or of a part of it, and after
/// "if you": "Put `.unwrap()` in place of `match`, and it …"; verbs that also
/// say something else (Let, Write, Take) only where a word such as "instead"
/// stands with them; and what supposes a change: "With `a` in place of `b`, it
/// …", "Without the guard …", "Had we …", "Removing the call makes …", "would
/// have". Behind an order, there or in the next sentence, somebody does something.
/// The sentence has code in it, or a word for a part of a program. Headings,
/// tables and the tasks of exercises promise nothing. What the documentation of a
/// library says of its users ("if you drop a handle, …") has its link there. What
/// is promised in other words is not seen: that takes a reader.
pub(super) fn promises(context: &Context) -> Vec<Fault> {
    let mut faults = Vec::new();
    for page in &context.book.pages {
        for (index, sentence) in page.sentences.iter().enumerate() {
            let next = page
                .sentences
                .get(index + 1)
                .filter(|n| n.place.passage == sentence.place.passage);
            if !promises_in(sentence, next)
                || has_variation(&context.workspace, sentence)
            {
                continue;
            }
            let line = line_of(&page.raw, sentence.offset(0));
            faults.push(Fault::new(
                page.at(line),
                format!(
                    "promises what a changed program does, and no variation \
                     shows it: {:?}",
                    sentence.text
                ),
                "make it a variation (CONTRIBUTING.md), link to one here \
                 (#NAME.WORD), or say what the program does as it stands",
            ));
        }
    }
    faults
}

fn has_variation(workspace: &Workspace, sentence: &Sentence) -> bool {
    let mut links = sentence.links.iter();
    links.any(|link| {
        let anchor = link.split_once('#').map(|(_, anchor)| anchor);
        anchor
            .and_then(|a| a.split_once('.'))
            .is_some_and(|(name, word)| {
                let listing = workspace.listing(name);
                listing.and_then(|l| l.variation(word)).is_some()
            })
    })
}

fn promises_in(sentence: &Sentence, next: Option<&Sentence>) -> bool {
    let place = sentence.place;
    let flat = sentence.flat();
    if place.what_if
        || place.fragment
        || place.exercise
        || flat.ends_with('?')
        || !PROGRAM.is_match(&flat)
    {
        return false;
    }
    let next = next.map(Sentence::flat).unwrap_or_default();
    let follows = |rest: &str| DOES.is_match(rest) || THEN.is_match(&next);
    // What is told to do, and what stands behind it.
    let told = SURE.find_iter(&flat).chain(WITH_SIGN.find_iter(&flat));
    let mut told = told.map(|found| &flat[found.end()..]);
    let sourced = sentence.links.iter().any(|link| is_external(link));
    let supposed = SUPPOSED.find(&flat).is_some_and(|found| {
        DOES.is_match(&flat[found.end()..])
            || OUTCOME.is_match(&flat[..found.start()])
    });
    told.any(follows) || !sourced && (supposed || WOULD.is_match(&flat))
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("correct pattern")
}

/// Which part of a program.
const WHICH: &str = "`c`|the|its|this|that|both|all|either";

/// Where a command begins.
const LEAD: &str =
    r"(?:^[*“(]*|: |; |, |\b(?:and|or|[Bb]ut|[Jj]ust|can|also) )";

/// Verbs that say nothing of a program but a change to it.
static SURE: LazyLock<Regex> = LazyLock::new(|| {
    let verbs = "[Rr]eplace|[Rr]emove|[Ss]et|[Aa]dd|[Ss]wap|[Rr]aise|[Ll]ower\
                 |[Pp]ut|[Dd]elete|[Dd]rop|[Mm]ove|[Cc]hange|[Ee]xchange\
                 |[Ii]nsert|[Oo]mit|[Dd]ouble|[Hh]alve|[Ii]ncrease|[Dd]ecrease\
                 |[Ww]rap|[Tt]ry|[Cc]omment out|[Ll]eave out";
    pattern(&format!(r"{LEAD}(?:{verbs}) "))
});

/// Verbs that do so with another word behind them.
static WITH_SIGN: LazyLock<Regex> = LazyLock::new(|| {
    let verbs = "[Ww]rite|[Uu]se|[Cc]all|[Gg]ive|[Ll]et|[Ss]tart|[Mm]ake\
                 |[Tt]urn|[Tt]ake|[Rr]un|[Bb]uild|[Ss]pawn";
    let signs = "instead|in (?:the|its) place|in place of|into|at [0-9]+\
                 |be [0-9]+";
    let signs = format!(r"\b(?:{signs})\b|\b(?:for|as|be) `c`");
    let away = r"(?:[Tt]ake|[Ll]eave|[Cc]omment) [^.;:,]*?\b(?:out|away)\b";
    pattern(&format!(
        r"{LEAD}(?:(?:{verbs}) [^.;:]*?(?:{signs})|{away})"
    ))
});

/// A change that is supposed.
static SUPPOSED: LazyLock<Regex> = LazyLock::new(|| {
    let verbs = "replace|remove|set|add|swap|raise|lower|put|delete|drop|move\
                 |change|exchange|insert|omit|double|halve|wrap|comment out\
                 |leave|write|take|forget";
    let done = "replaced|removed|set to|added|swapped|raised|lowered|deleted\
                |exchanged|inserted|omitted|doubled|halved|wrapped in\
                |commented out|left out|taken (?:out|away)|moved [a-z]+|missing";
    let when = r"\b(?:[Ii]f|[Ww]hen|[Oo]nce|[Ss]hould)";
    let you =
        format!(r"{when} (?:you|we) (?:{verbs}) (?:[^,]*`c`|(?:{WHICH})\b)");
    let passive = format!(r"{when} [^,.;:]*\b(?:is|are|were) (?:{done})\b");
    let place = r"instead of|in (?:the )?place of";
    let with = format!("^With [^,]*(?:{place}) ");
    let without = "^Without (?:the|its|that|this|`c`)";
    let had = "^(?:Had|Were) (?:you|we|it|its|the|`c`) ";
    pattern(&format!("(?:{you}|{passive}|{with}|{without}|{had})[^,]*"))
});

/// What a program would do, and what it does after a change that is its subject.
static WOULD: LazyLock<Regex> = LazyLock::new(|| {
    let does =
        "print|hang|panic|fail|compile|deadlock|abort|overflow|spin|leak";
    let still = "not|never|also|still|then|only";
    let would = format!(
        r"\bwould (?:(?:{still}) )*(?:have (?:had|[a-z]{{4,}})|{does})\b"
    );
    let so = r"(?:^(?:With|If|Had) .*|^That|\b(?:it|this|they|and)) would\b";
    let hands = r"^With [^,]*\b(?:workers?|threads?|cores?)";
    let without = r"^Without (?:the|its|that|this|`c`)(?: \S+){0,3}?";
    let doing = "replac|remov|sett|add|swapp|rais|lower|putt|delet|dropp|mov\
                 |chang|insert|omitt|doubl|halv|wrapp|leav|tak";
    let doing = format!(
        r"^(?:[Bb]y )?(?i:{doing})ing (?:{WHICH})[ ,].*?\b(?:{FINITE})\b"
    );
    let done =
        "^(?:Taken|Moved|Left|Replaced|Swapped) (?:out|away|by|into|to)\\b";
    pattern(&format!(
        r"{would}|{so}|{doing}|{done}|(?:{hands}|{without}),? (?:{WHO}) (?:\S+ ){{0,2}}?(?:{FINITE})\b"
    ))
});

/// Words for a program or a part of it.
static PROGRAM: LazyLock<Regex> = LazyLock::new(|| {
    let words = "program|listing|lines?|arguments?|calls?|flag|loop|output\
                 |guard|the await|lock|waker|workers?|capacity|limit|sleep";
    pattern(&format!(r"`c`|\b(?:{words})\b"))
});

/// Somebody does something, behind a comma or an "and".
static DOES: LazyLock<Regex> = LazyLock::new(|| {
    let clause = r"(?:,? and|,? so|,? then|[,:;]) (?:then |now )?";
    let does = format!(r"{clause}(?:{WHO}) (?:\S+ ){{0,6}}?(?:{FINITE})\b");
    pattern(&format!("{does}|{}", OUTCOME.as_str()))
});

/// What a program comes to.
static OUTCOME: LazyLock<Regex> = LazyLock::new(|| {
    let sure = r"prints?|hangs?|fails|compiles|panics|no longer|would|takes \d";
    pattern(&format!(r"\b(?:{sure})\b"))
});

/// The next sentence says it.
static THEN: LazyLock<Regex> = LazyLock::new(|| {
    let what = "The (?:program|output|run|last|first)";
    let who = format!("Then|Now|It|This|That|Nothing|Both|{what}");
    pattern(&format!(r"^(?:{who}) (?:\S+ ){{0,4}}?(?:{FINITE})\b"))
});

/// Who does it.
const WHO: &str = "it|this|that|they|you|nobody|nothing|the|a|an|each|both|all\
                   |every|one|no|its|these|neither|either|rustc|Clippy|tasks\
                   |threads|`c`";

/// What programs, tasks and cooks do.
const FINITE: &str = "is|are|has|have|does|do|can|cannot|will|would|prints?\
                      |fails?|hangs?|compiles?|panics?|takes?|ends?|stops?\
                      |waits?|becomes?|begins?|starts?|answers?|works?\
                      |disappears?|vanish(?:es)?|says?|stays?|dies?|runs?|goes\
                      |gets?|comes?|needs?|loses?|drops?|costs?|turns?|reads?\
                      |tells?|keeps?|cooks?|serves?|knows?|appears?|sleeps?\
                      |counts?|gives?|finds?|puts?|wakes?|rings?|lasts?\
                      |returns?|finish(?:es)?|refuses?|accepts?\
                      |rejects?|makes?|doubles?|halves?|changes?|sees?|lets?";
