//! Variations stand in a closed block of their listing's figure, and what is
//! broken names its repair.

use snapbox::str;

use crate::tiny::{MANIFEST, PAGE, PRACTICE, Tiny};

const DIFF: &str = "listings/tiny/broken/burnt.cooled.diff";

const SUMMARY: &str = "<summary>What if nothing burns? \
                       <code>cargo try burnt cooled</code></summary>";

#[test]
fn a_variation_that_no_page_shows() {
    let diff = "-    println!(\"toast\");\n+    println!(\"egg\");\n";
    Tiny::new()
        .with("listings/tiny/examples/toast.egg.diff", diff)
        .says(str![[r#"
[listings] src/breakfast/toast.md:5: the figure `toast` includes listings/tiny/examples/toast.egg.diff in 0 code blocks
  mend     include it in one
[variations] listings/tiny/examples/toast.egg.diff: the figure of its listing does not show it
  mend     include it there, below the output, in
           <details class="whatif" id="toast.egg"><summary>What if …? <code>cargo try toast egg</code></summary>

"#]]);
}

#[test]
fn a_variation_that_occurs_twice_or_never() {
    let twice = "fn main() {\n    burn();\n    burn();\n}\n";
    Tiny::new()
        .with("listings/tiny/broken/burnt.rs", twice)
        .with(DIFF, "-    burn();\n+    cool();\n")
        .says(str![[r#"
[variations] listings/tiny/broken/burnt.cooled.diff: listings/tiny/broken/burnt.cooled.diff does not fit listings/tiny/broken/burnt.rs: these lines stand 2 times in the listing, from line 2 and 3 on; add lines around them that begin with a space until they stand there once:
    burn();

"#]]);
    Tiny::new().with(DIFF, "-    boil();\n").says(str![[r#"
[variations] listings/tiny/broken/burnt.cooled.diff: listings/tiny/broken/burnt.cooled.diff does not fit listings/tiny/broken/burnt.rs: these lines do not stand in the listing; write them as they are there:
    boil();

"#]]);
    Tiny::new().with(DIFF, "    burn();\n").says(str![[r#"
[variations] listings/tiny/broken/burnt.cooled.diff: listings/tiny/broken/burnt.cooled.diff does not fit listings/tiny/broken/burnt.rs: a hunk changes nothing

"#]]);
}

#[test]
fn a_variation_that_stands_open_or_elsewhere() {
    let closed = "<details class=\"whatif\" id";
    let open = "<details open class=\"whatif\" id";
    Tiny::new().but(PAGE, closed, open).says(str![[r#"
[variations] src/breakfast/toast.md:33: the variation stands open
  mend     write <details class="whatif" id="burnt.cooled"><summary>What if …? <code>cargo try burnt cooled</code></summary>

"#]]);
    let page = Tiny::new().read(PAGE);
    let (start, end) = ("<details class=\"whatif\"", "</figure>\n\n```rust");
    let from = page.find(start).expect("it is there");
    let to = page.find(end).expect("so is this");
    let block = &page[from..to];
    Tiny::new()
        .but(PAGE, block, "")
        .but(PAGE, "It was", &format!("{block}It was"))
        .says(str![[r#"
[listings] src/breakfast/toast.md:22: the figure `burnt` includes listings/tiny/broken/burnt.cooled.diff in 0 code blocks
  mend     include it in one
[listings] src/breakfast/toast.md:22: the figure `burnt` includes listings/tiny/broken/burnt.cooled.stdout in 0 code blocks
  mend     include it in one
[variations] src/breakfast/toast.md:41: the variation stands outside the figure of its listing
  mend     write <details class="whatif" id="burnt.cooled"><summary>What if …? <code>cargo try burnt cooled</code></summary>
[blocks] src/breakfast/toast.md:43: the block belongs to `burnt` and stands outside its figure
  mend     move it into that figure
[blocks] src/breakfast/toast.md:47: the block belongs to `burnt` and stands outside its figure
  mend     move it into that figure

"#]]);
}

#[test]
fn a_summary_that_answers_or_gives_another_command() {
    let summary = SUMMARY.replace("What if nothing burns?", "It cools.");
    Tiny::new().but(PAGE, SUMMARY, &summary).says(str![[r#"
[variations] src/breakfast/toast.md:33: the summary of the variation says "It cools." and gives "cargo try burnt cooled"; it asks, and gives `cargo try burnt cooled`
  mend     write <details class="whatif" id="burnt.cooled"><summary>What if …? <code>cargo try burnt cooled</code></summary>

"#]]);
    let summary = SUMMARY.replace("try burnt cooled", "try burnt cooler");
    Tiny::new().but(PAGE, SUMMARY, &summary).says(str![[r#"
[variations] src/breakfast/toast.md:33: the summary of the variation says "What if nothing burns?" and gives "cargo try burnt cooler"; it asks, and gives `cargo try burnt cooled`
  mend     write <details class="whatif" id="burnt.cooled"><summary>What if …? <code>cargo try burnt cooled</code></summary>
[commands] src/breakfast/toast.md:33: `cargo try burnt cooler` names nothing that there is
  mend     name a listing or an exercise of that kind, and a run that its manifest declares

"#]]);
}

#[test]
fn a_summary_that_tells_the_result() {
    let summary = SUMMARY.replace("burns?", "burns (it hangs)?");
    Tiny::new()
        .but(PAGE, SUMMARY, &summary)
        .declare(
            "[package.metadata.listings.burnt.whatif.cooled]\nhangs = true",
        )
        .but(MANIFEST, "burnt.cooled", "toast")
        .says(str![[r#"
[variations] src/breakfast/toast.md:33: the summary of the variation gives away its result: "hangs"
  mend     write <details class="whatif" id="burnt.cooled"><summary>What if …? <code>cargo try burnt cooled</code></summary>

"#]]);
}

/// An author types it into a command.
#[test]
fn a_variation_whose_word_is_none() {
    let file = "listings/tiny/examples/toast.Two eggs.diff";
    let diff = "-    println!(\"toast\");\n+    println!(\"egg\");\n";
    let faults = Tiny::new().with(file, diff).faults();
    let (rule, fault) = &faults[0];
    snapbox::assert_data_eq!(
        format!("[{rule}] {fault}"),
        str![[r#"
[files] listings/tiny/examples/toast.Two eggs.diff: `Two eggs` is no word
  mend     use small letters, digits and `_`
"#]]
    );
}

#[test]
fn a_block_of_no_variation() {
    let other = "<details class=\"whatif\" id=\"burnt.raw\"><summary>What if it \
                 stays raw?</summary>\n\nNothing.\n\n</details>";
    Tiny::new().show(other).says(str![[r#"
[variations] src/breakfast/toast.md:53: `burnt.raw` is no variation
  mend     it stands once, in the figure of the listing NAME, with the id `NAME.WORD` of NAME.WORD.diff

"#]]);
}

#[test]
fn a_declared_variation_that_is_not_there() {
    Tiny::new()
        .declare("[package.metadata.listings.burnt.whatif.raw]\nexit = 1")
        .says(str![[r#"
[files] listings/tiny/Cargo.toml: declares a variation, but there is no listings/tiny/broken/burnt.raw.diff
  mend     delete the declaration, or write the change

"#]]);
}

#[test]
fn a_broken_listing_without_a_repair_or_with_one_that_is_none() {
    let repair = "repair = \"burnt.cooled\"";
    Tiny::new().but(MANIFEST, repair, "").says(str![[r#"
[repairs] listings/tiny/broken/burnt.rs: names no program in which its fault is repaired
  mend     declare [package.metadata.listings.burnt] repair = "OTHER" or "burnt.WORD"

"#]]);
    let names = |other: &str| {
        let other = format!("repair = \"{other}\"");
        Tiny::new().but(MANIFEST, repair, &other)
    };
    names("burnt").says(str![[r#"
[repairs] listings/tiny/Cargo.toml:6: names `burnt` as the repair of `burnt`, which is no other listing, and no variation, that compiles and ends
  mend     declare [package.metadata.listings.burnt] repair = "OTHER" or "burnt.WORD"

"#]]);
    names("burnt.raw").says(str![[r#"
[repairs] listings/tiny/Cargo.toml:6: names `burnt.raw` as the repair of `burnt`, which is no other listing, and no variation, that compiles and ends
  mend     declare [package.metadata.listings.burnt] repair = "OTHER" or "burnt.WORD"

"#]]);
}

/// From status 100 on, a panic or a signal has ended it.
#[test]
fn a_repair_that_ends_by_a_panic_or_a_signal() {
    let listings = "[package.metadata.listings";
    Tiny::new()
        .declare(&format!("{listings}.burnt.whatif.cooled]\nexit = 101"))
        .says(str![[r#"
[repairs] listings/tiny/Cargo.toml:6: names `burnt.cooled` as the repair of `burnt`, which is no other listing, and no variation, that compiles and ends
  mend     declare [package.metadata.listings.burnt] repair = "OTHER" or "burnt.WORD"

"#]]);
    Tiny::new()
        .but(MANIFEST, "burnt.cooled", "toast")
        .declare(&format!(
            "{listings}.toast]\nexit = 134\nfails = \"it burns\""
        ))
        .says(str![[r#"
[repairs] listings/tiny/Cargo.toml:6: names `toast` as the repair of `burnt`, which is no other listing, and no variation, that compiles and ends
  mend     declare [package.metadata.listings.burnt] repair = "OTHER" or "burnt.WORD"
[playground] src/breakfast/toast.md:5: the figure has `data-run`, and the listing `toast` cannot run on the Playground: it ends with status 134
  mend     delete the word `data-run`
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]]);
}

#[test]
fn a_listing_that_fails_without_a_repair_or_a_reason() {
    let declare = |text: &str| {
        let toast = "[package.metadata.listings.toast]";
        Tiny::new().declare(&format!("{toast}\n{text}"))
    };
    declare("exit = 1").says(str![[r#"
[repairs] listings/tiny/examples/toast.rs: fails, or something in it panics, and it names no program in which that is repaired
  mend     declare [package.metadata.listings.toast] repair = "OTHER" or "toast.WORD", or fails = "why that is right"
[playground] src/breakfast/toast.md:5: the figure has `data-run`, and the listing `toast` cannot run on the Playground: it ends with status 1
  mend     delete the word `data-run`
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]]);
    declare("fails = \"it burns\"").says(str![[r#"
[repairs] listings/tiny/Cargo.toml:9: `toast` is declared to fail, and does not
  mend     delete its `fails`

"#]]);
    declare("exit = 1\nfails = \"it burns\"")
        .but(PAGE, " data-run", "")
        .says("");
}

#[test]
fn a_prediction_that_stands_open() {
    let closed = "<details class=\"predict\">";
    Tiny::new()
        .but(PAGE, closed, "<details open class=\"predict\">")
        .says(str![[r#"
[predictions] src/breakfast/toast.md: 1 predictions stand open
  mend     take `open` out of <details class="predict">

"#]]);
}

/// The closed output of a variation is nothing that the reader has been given.
#[test]
fn a_caption_that_answers_beside_a_variation() {
    let command = "<code>cargo run --example toast</code>";
    let block = "<details class=\"whatif\" id=\"toast.twice\"><summary>What if \
                 there are two? <code>cargo try toast twice</code></summary>\n\n\
                 ```diff\n{{#include \
                 ../../listings/tiny/examples/toast.twice.diff}}\n```\n\n\
                 ```text\n{{#include \
                 ../../listings/tiny/examples/toast.twice.stdout}}\n```\n\n\
                 </details>\n\n</figure>";
    Tiny::new()
        .with(
            "listings/tiny/examples/toast.rs",
            "fn main() {\n    println!(\"{}\", [\"hot\", \"toast\"].join(\" \"));\n}\n",
        )
        .with("listings/tiny/examples/toast.stdout", "hot toast\n")
        .with(
            "listings/tiny/examples/toast.twice.diff",
            "-    println!(\"{}\", [\"hot\", \"toast\"].join(\" \"));\n\
             +    println!(\"hot toast\\nhot toast\");\n",
        )
        .with(
            "listings/tiny/examples/toast.twice.stdout",
            "hot toast\nhot toast\n",
        )
        .but(PAGE, "</figure>", block)
        .but(PAGE, command, &format!("A hot toast. {command}"))
        .says(str![[r#"
[predictions] src/breakfast/toast.md:5: the caption gives away what the prediction of `toast` hides: "hot toast"
  mend     say the set-up, and the result below the output

"#]]);
}

#[test]
fn a_block_of_a_variation_on_another_page() {
    let block = "<details class=\"whatif\" id=\"burnt.cooled\"><summary>What if \
                 it cools? <code>cargo try burnt cooled</code></summary>\n\nIt \
                 does.\n\n</details>\n\n";
    let page = Tiny::new().read(PRACTICE);
    let (head, rest) = page.split_once("\n\n").expect("a title");
    Tiny::new()
        .with(
            PRACTICE,
            format!("{head}\n\n{rest}").replacen(
                "\n\n<figure",
                &format!("\n\n{block}<figure"),
                1,
            ),
        )
        .says(str![[r#"
[variations] src/breakfast/practice.md:5: `burnt.cooled` stands on a page without its listing
  mend     it stands once, in the figure of the listing NAME, with the id `NAME.WORD` of NAME.WORD.diff

"#]]);
}

#[test]
fn a_variation_that_is_broken_and_runs() {
    let declared = "broken = true\nexit = 1";
    Tiny::new()
        .declare(&format!(
            "[package.metadata.listings.burnt.whatif.cooled]\n{declared}"
        ))
        .says(str![[r#"
[files] listings/tiny/Cargo.toml: the variation `burnt.cooled` is declared `broken` and to run
  mend     take one of the two out
[repairs] listings/tiny/Cargo.toml:6: names `burnt.cooled` as the repair of `burnt`, which is no other listing, and no variation, that compiles and ends
  mend     declare [package.metadata.listings.burnt] repair = "OTHER" or "burnt.WORD"

"#]]);
}
