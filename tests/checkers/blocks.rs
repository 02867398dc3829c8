//! Blocks of code that nothing proves.

use snapbox::str;

use crate::tiny::{PAGE, TOAST, Tiny};

#[test]
fn an_inline_block_that_nothing_proves() {
    let but = |from, to| Tiny::new().but(PAGE, from, to);
    but("```rust\nfn", "```rust,ignore\nfn").says(str![[r#"
[blocks] src/breakfast/toast.md:47: no test proves a block tagged `rust,ignore`
  mend     use rust, rust,compile_fail, cpp, c, text, diff, toml or console

"#]]);
    but("```rust\nfn", "```\nfn").says(str![[r#"
[blocks] src/breakfast/toast.md:47: no test proves a block tagged ``
  mend     use rust, rust,compile_fail, cpp, c, text, diff, toml or console

"#]]);
    but("```rust\nfn", "```rust,compile_fail\nfn").says(str![[r#"
[blocks] src/breakfast/toast.md:47: `compile_fail` accepts any error, even a misspelt word
  mend     put the program into broken/ and include it

"#]]);
    but("```rust\nfn", "```text\nfn").says(str![[r#"
[blocks] src/breakfast/toast.md:47: a `text` block is an output, and nobody compares this one
  mend     include a .stdout or .stderr file

"#]]);
    but("```rust\nfn", "```diff\nfn").says(str![[r#"
[blocks] src/breakfast/toast.md:47: a `diff` block shows what one listing must change to become another, and nobody compares this one
  mend     include a .diff file

"#]]);
    but("```rust\nfn", "```toml\nfn").says(str![[r#"
[blocks] src/breakfast/toast.md:47: nobody reads this manifest
  mend     a `toml` block includes a part of the manifest of a section

"#]]);
    but("```rust\nfn", "```c\nfn").says(str![[r#"
[blocks] src/breakfast/toast.md:47: nobody compiles this block
  mend     a `cpp` or `c` block includes a whole program of that language from cpp/

"#]]);
    but("```rust\nfn", "```console\nfn").says(str![[r#"
[blocks] src/breakfast/toast.md:47: `fn main() {` does not start with `$ `
  mend     a `console` block holds commands and no output

"#]]);
    but("assert_eq!(2 + 2, 4)", "let _ = 4").says(str![[r#"
[blocks] src/breakfast/toast.md:47: an inline program asserts what it shows, so that a change of one value is noticed

"#]]);
    but("fn main", "fn cook").says(str![[r#"
[blocks] src/breakfast/toast.md:47: an inline program needs a `fn main()`

"#]]);
}

#[test]
fn a_block_of_a_listing_that_nothing_proves() {
    let but = |from, to| Tiny::new().but(PAGE, from, to);
    but("```rust,compile_fail", "```rust").says(str![[r#"
[blocks] src/breakfast/toast.md:25 (listing `burnt`): a broken listing is tagged so
  mend     ```rust,compile_fail

"#]]);
    but("```text\n{{", "```text\nhot\n{{").says(str![[r#"
[listings] src/breakfast/toast.md:5: the figure `toast` includes listings/tiny/examples/toast.stdout in 0 code blocks
  mend     include it in one
[blocks] src/breakfast/toast.md:14 (listing `toast`): a `text` block is an output, and nobody compares this one
  mend     include a .stdout or .stderr file

"#]]);
    but("toast.stdout}}\n", "toast.stdout}}\ncold {{}}\n").says(str![[r#"
[listings] src/breakfast/toast.md:5: the figure `toast` includes listings/tiny/examples/toast.stdout in 0 code blocks
  mend     include it in one
[blocks] src/breakfast/toast.md:14 (listing `toast`): a `text` block is an output, and nobody compares this one
  mend     include a .stdout or .stderr file

"#]]);
}

const PART: &str =
    "// ANCHOR: part\nfn main() {}\n// ANCHOR_END: part\nfn burn() {}\n";

#[test]
fn a_block_that_shows_a_part_of_a_program() {
    Tiny::new()
        .but(PAGE, "toast.rs}}", "toast.rs:part}}")
        .with(TOAST, PART)
        .says(str![[r#"
[blocks] src/breakfast/toast.md:8 (listing `toast`): the block shows a part of a program, and the reader would copy only that part
  mend     use {{#rustdoc_include FILE:ANCHOR}}, which hides the rest instead of dropping it
[playground] src/breakfast/toast.md:5: the figure has `data-run`, and the listing `toast` cannot run on the Playground: the page does not show the whole program
  mend     delete the word `data-run`
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]]);
    Tiny::new()
        .but(PAGE, "burnt.rs}}", "burnt.rs:part}}")
        .with("listings/tiny/broken/burnt.rs", PART)
        .says(str![[r#"
[variations] listings/tiny/broken/burnt.cooled.diff: listings/tiny/broken/burnt.cooled.diff does not fit listings/tiny/broken/burnt.rs: these lines do not stand in the listing; write them as they are there:
fn main() {
    burn();
[blocks] src/breakfast/toast.md:25 (listing `burnt`): the block shows a part of a program
  mend     use {{#rustdoc_include FILE:ANCHOR}}, which hides the rest instead of dropping it

"#]]);
}

#[test]
fn a_block_whose_program_is_hidden() {
    let all = "#include ../../listings/tiny/examples/toast.rs";
    Tiny::new()
        .but(
            PAGE,
            all,
            "#rustdoc_include ../../listings/tiny/examples/toast.rs:part",
        )
        .with(
            TOAST,
            "fn main() {}\n// ANCHOR: part\n// ANCHOR_END: part\n",
        )
        .says(str![[r#"
[blocks] src/breakfast/toast.md:8 (listing `toast`): the reader sees no line of the program

"#]]);
}

#[test]
fn a_block_that_shows_more_than_its_file() {
    let lie = "nothing is {{#include lie.txt}}\n";
    Tiny::new()
        .with("listings/tiny/examples/lie.txt", "cold\n")
        .with("listings/tiny/examples/toast.stdout", lie)
        .says(str![[r#"
[files] listings/tiny/examples/lie.txt: belongs to no listing: there is no lie.rs beside it
  mend     delete it, or write the program
[blocks] src/breakfast/toast.md:14 (listing `toast`): the block shows more or less than the file it includes

"#]]);
}
