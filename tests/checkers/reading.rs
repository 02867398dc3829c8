//! How a reader gets from page to page, and what is told too early.

use snapbox::{file, str};

use crate::tiny::{ENTRY, PAGE, PRACTICE, TOAST, Tiny};

#[test]
fn a_page_that_does_not_say_what_it_is_for() {
    Tiny::new()
        .but(PAGE, "A slice of bread goes into a toaster.\n\n", "")
        .says(str![[r#"
[ways] src/breakfast/toast.md:1: no paragraph stands directly below the title
  mend     say there what the page is for
[terms] src/breakfast/toast.md:51: links to `hot` where the page opens
  mend     link it where it is explained

"#]]);
}

#[test]
fn a_page_that_leads_nowhere() {
    let but = |to| Tiny::new().but(PRACTICE, "[toast](toast.md)", to);
    but("toast").says(str![[r#"
[ways] src/breakfast/practice.md:26: the page does not end with a paragraph that links to another page of the book
  mend     say there where to go

"#]]);
    but("[here](practice.md)").says(str![[r#"
[ways] src/breakfast/practice.md:26: the page does not end with a paragraph that links to another page of the book
  mend     say there where to go

"#]]);
    but("[a picture](../hot.png)")
        .with("src/hot.png", "hot")
        .says(str![[r#"
[ways] src/breakfast/practice.md:26: the page does not end with a paragraph that links to another page of the book
  mend     say there where to go

"#]]);
    but("[the egg](#boil)").says(str![[r#"
[ways] src/breakfast/practice.md:26: the page does not end with a paragraph that links to another page of the book
  mend     say there where to go

"#]]);
    Tiny::new()
        .but(PRACTICE, "Back to", "- Back to")
        .says(str![[r#"
[ways] src/breakfast/practice.md:26: the page does not end with a paragraph that links to another page of the book
  mend     say there where to go

"#]]);
}

#[test]
fn a_section_that_does_not_end_with_its_practice() {
    Tiny::new()
        .but(
            "src/SUMMARY.md",
            "  - [Practice](breakfast/practice.md)\n",
            "",
        )
        .but(
            "src/SUMMARY.md",
            "  - [Toasting]",
            "  - [Practice](breakfast/practice.md)\n  - [Toasting]",
        )
        .says(str![[r#"
[ways] src/breakfast/toast.md: is the last page of src/breakfast.md
  mend     list practice.md last in SUMMARY.md
[minutes] src/breakfast.md: lists its pages in another order than SUMMARY.md, or others
  mend     one line for each, as in `- [Practice](breakfast/practice.md), 0 min: what the reader gets.`

"#]]);
}

#[test]
fn an_entry_with_other_minutes() {
    Tiny::new()
        .but(ENTRY, "toast.md), 1 min", "toast.md), 0 min")
        .says(file!["red/page-rule.txt"])
        .mends();
    let words = "many ".repeat(210);
    Tiny::new()
        .show(&words)
        .says(str![[r#"
[minutes] src/breakfast.md:7: src/breakfast/toast.md takes 2 min, and not 1
  mend     write 2 min
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]])
        .mends();
}

/// Only the lines that stand open count: the output of the toast is closed.
#[test]
fn minutes_of_code() {
    let line = "    println!(\"toast\");\n";
    let long = format!("fn main() {{\n{}}}\n", line.repeat(40));
    let quiet = long.replace("println!", "let _ = (");
    Tiny::new()
        .with("listings/tiny/examples/toast.stdout", "toast\n".repeat(90))
        .says("")
        .with(TOAST, quiet.replace("(\"toast\")", "\"toast\""))
        .says(str![[r#"
[minutes] src/breakfast.md:7: src/breakfast/toast.md takes 3 min, and not 1
  mend     write 3 min
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]])
        .mends();
}

#[test]
fn an_entry_that_does_not_list_its_pages_in_order() {
    let item = "- [Practice](breakfast/practice.md), 1 min: an egg.\n";
    Tiny::new().but(ENTRY, item, "").says(str![[r#"
[minutes] src/breakfast.md: does not list src/breakfast/practice.md
  mend     one line for each, as in `- [Practice](breakfast/practice.md), 0 min: what the reader gets.`

"#]]);
    Tiny::new()
        .but(ENTRY, item, "")
        .but(ENTRY, "- [Toasting]", &format!("{item}- [Toasting]"))
        .says(str![[r#"
[minutes] src/breakfast.md: lists its pages in another order than SUMMARY.md, or others
  mend     one line for each, as in `- [Toasting](breakfast/toast.md), 0 min: what the reader gets.`

"#]]);
    Tiny::new()
        .but(ENTRY, ", 1 min: an egg", ": an egg")
        .says(str![[r#"
[minutes] src/breakfast.md: does not list src/breakfast/practice.md
  mend     one line for each, as in `- [Practice](breakfast/practice.md), 0 min: what the reader gets.`

"#]]);
}

#[test]
fn a_page_with_two_titles() {
    Tiny::new()
        .but(ENTRY, "[Toasting](b", "[Bread](b")
        .says(str![[r#"
[minutes] src/breakfast.md:7: calls the page `Bread`, and SUMMARY.md `Toasting`
  mend     give it one title

"#]]);
    Tiny::new()
        .but("src/SUMMARY.md", "[Glossary]", "[Words]")
        .says(str![[r#"
[minutes] src/appendix-glossary.md:1: the title is `Glossary`, and SUMMARY.md calls the page `Words`
  mend     give it one title

"#]]);
    Tiny::new().but(PAGE, "# Toasting", "# Bread").says(str![[r#"
[minutes] src/breakfast/toast.md:1: the title is `Bread`, and SUMMARY.md calls the page `Toasting`
  mend     give it one title

"#]]);
}

#[test]
fn a_term_that_is_linked_twice_or_too_early() {
    let hot = "[hot](../appendix-glossary.md#hot)";
    let others = "So [hot](../appendix-glossary.html#hot), and <a \
                  href='../appendix-glossary.md#hot'>so</a>.";
    Tiny::new().show(others).says(str![[r#"
[terms] src/breakfast/toast.md:53: links to `hot` of the glossary again, after line 53
  mend     link it once on a page
[terms] src/breakfast/toast.md:55: links to `hot` of the glossary again, after line 53
  mend     link it once on a page

"#]]);
    Tiny::new().show(&format!("So {hot}!")).says(str![[r#"
[terms] src/breakfast/toast.md:55: links to `hot` of the glossary again, after line 53
  mend     link it once on a page

"#]]);
    Tiny::new()
        .but(PAGE, "It was [hot]", "It was")
        .but(PAGE, "(../appendix-glossary.md#hot)", "hot")
        .but(PAGE, "A slice of", &format!("A {hot} slice of"))
        .says(str![[r#"
[terms] src/breakfast/toast.md:3: links to `hot` where the page opens
  mend     link it where it is explained

"#]]);
}

/// The tiny book whose toast prints what it has not word for word.
fn counted() -> Tiny {
    let program = "fn main() {\n    let slices = 7 * 6;\n    \
                   println!(\"toast for {slices} guests\");\n}\n";
    Tiny::new().with(TOAST, program).with(
        "listings/tiny/examples/toast.stdout",
        "toast for 42 guests\n",
    )
}

#[test]
fn a_caption_that_tells_what_comes_out() {
    counted().says("");
    counted()
        .but(PAGE, "A slice.", "A slice for 42.")
        .says(str![[r#"
[predictions] src/breakfast/toast.md:5: the caption gives away what the prediction of `toast` hides: "42"
  mend     say the set-up, and the result below the output

"#]]);
    counted()
        .but(PAGE, "A slice.", "Then, toast for 42 guests.")
        .says(str![[r#"
[predictions] src/breakfast/toast.md:5: the caption gives away what the prediction of `toast` hides: "toast for 42 guests"
  mend     say the set-up, and the result below the output

"#]]);
    counted()
        .with(
            "listings/tiny/examples/toast.stdout",
            "done: toast is ready\n",
        )
        .but(PAGE, "A slice.", "The toast is ready.")
        .says(str![[r#"
[predictions] src/breakfast/toast.md:5: the caption gives away what the prediction of `toast` hides: "toast is ready"
  mend     say the set-up, and the result below the output

"#]]);
    // What the program says, the caption may say.
    counted()
        .but(PAGE, "A slice.", "7 slices, 6 times.")
        .says("");
}

#[test]
fn a_question_that_tells_what_comes_out() {
    let asks = |to| counted().but(PAGE, "what comes out?", to);
    asks("is it 42?").says(str![[r#"
[predictions] src/breakfast/toast.md:5: the question gives away what the prediction of `toast` hides: "42"
  mend     say the set-up, and the result below the output

"#]]);
    // Which of them it is, the reader must know. The other is an output, too.
    asks("is it 42, or 54?").says(str![[r#"
[numbers] src/breakfast/toast.md:12: no figure directly above or below shows `54`: "Predict: is it 42, or 54?"
  mend     write it beside the output or the measurement, as that has it; or link to its figure, its page or its source in the sentence; or do without the number

"#]]);
}

#[test]
fn a_text_above_that_tells_what_comes_out() {
    counted()
        .but(PAGE, "into a toaster", "into a toaster, 42 times")
        .says(str![[r#"
[predictions] src/breakfast/toast.md:5: the text above gives away what the prediction of `toast` hides: "42"
  mend     say the set-up, and the result below the output

"#]]);
    counted()
        .but(PAGE, "toaster.\n", "toaster.\n\n## For 42 guests\n\nHot.\n")
        .says(str![[r#"
[predictions] src/breakfast/toast.md:9: a heading above gives away what the prediction of `toast` hides: "42"
  mend     say the set-up, and the result below the output

"#]]);
}

/// Wherever it stands between the figure before and the question, and however
/// it is written.
#[test]
fn a_text_of_any_kind_that_tells_what_comes_out() {
    let program = "fn main() {\n    for n in 1..10 {\n        \
                   println!(\"{}\", 1042 * n);\n    }\n}\n";
    let above = "- It is 1042.\n\n> It is 2084.\n\n| a | b |\n| --- | --- |\n\
                 | it | 3126 |\n\n<p>It is 4&#49;68.</p>\n\n\
                 <p title=\"It is 5210\">Hot.</p>\n\nIt is 6\u{202f}252, and \
                 not [that](toast.md \"It is 7294\").";
    let inside = "</figcaption>\n\nIt is eight thousand three hundred and \
                  thirty-six.\n";
    let numbers = (1..10).map(|n| format!("{}\n", 1042 * n));
    let stdout = "listings/tiny/examples/toast.stdout";
    Tiny::new()
        .with(TOAST, program)
        .with(stdout, numbers.collect::<String>())
        .but(
            PAGE,
            "A slice of bread",
            &format!("{above}\n\nA slice of bread"),
        )
        .but(PAGE, "</figcaption>\n", inside)
        .but(ENTRY, "hot bread", "hot bread. It is 9378")
        .says(str![[r#"
[numbers] src/breakfast.md:7: no figure directly above or below shows `9378`: "It is 9378."
  mend     write it beside the output or the measurement, as that has it; or link to its figure, its page or its source in the sentence; or do without the number
[numbers] src/breakfast/toast.md:9: no figure directly above or below shows `3126`: "it | 3126"
  mend     write it beside the output or the measurement, as that has it; or link to its figure, its page or its source in the sentence; or do without the number
[numbers] src/breakfast/toast.md:11: no figure directly above or below shows `4168`: "It is 4168."
  mend     write it beside the output or the measurement, as that has it; or link to its figure, its page or its source in the sentence; or do without the number
[predictions] src/breakfast/toast.md:19: the text above gives away what the prediction of `toast` hides: "2084"
  mend     say the set-up, and the result below the output
[predictions] src/breakfast/toast.md:19: the text above gives away what the prediction of `toast` hides: "3126"
  mend     say the set-up, and the result below the output
[predictions] src/breakfast/toast.md:19: the text above gives away what the prediction of `toast` hides: "4168"
  mend     say the set-up, and the result below the output
[predictions] src/breakfast/toast.md:19: the text above gives away what the prediction of `toast` hides: "6252"
  mend     say the set-up, and the result below the output
[predictions] src/breakfast/toast.md:19: the text above gives away what the prediction of `toast` hides: "8336"
  mend     say the set-up, and the result below the output
[predictions] src/breakfast/toast.md:19: the text above gives away what the prediction of `toast` hides: "5210"
  mend     say the set-up, and the result below the output
[predictions] src/breakfast/toast.md:19: the text above gives away what the prediction of `toast` hides: "7294"
  mend     say the set-up, and the result below the output
[predictions] src/breakfast/toast.md:19: the entry of the section gives away what the prediction of `toast` hides: "9378"
  mend     say the set-up, and the result below the output
[ways] src/breakfast/toast.md:1: no paragraph stands directly below the title
  mend     say there what the page is for
[minutes] src/breakfast.md:7: src/breakfast/toast.md takes 2 min, and not 1
  mend     write 2 min
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]]);
}
