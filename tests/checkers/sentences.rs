//! Numbers of the book itself, made wrong one at a time.

<<<<<<< HEAD
use book::check::{Context, bound};
use book::listings::root_of_the_book;

/// The book itself, with each of its numbers three times as large, one at a
/// time. A measured one is always found. What a program sets can be, three times
/// as large, another number of the same figure, as the 300 ms of the eggs beside
/// the 100 ms of the tea: these few nobody sees.
#[test]
fn a_number_times_three() {
    let mut context =
        Context::load(&root_of_the_book()).expect("the book can be read");
    let (mut measured, mut seen, mut unseen) = (0, 0, Vec::new());
    for index in 0..context.book.pages.len() {
        let written = context.book.pages[index].raw.clone();
        for number in bound(&context, &context.book.pages[index]) {
            let digits = number
                .digits
                .replace(|c: char| !c.is_ascii_digit() && c != '.', "");
            let places = digits.split_once('.').map_or(0, |(_, f)| f.len());
            let value: f64 = digits.parse().expect("digits");
            let mut wrong = written.clone();
            let tripled = format!("{:.places$}", 3.0 * value);
            wrong.replace_range(number.range.clone(), &tripled);
            context.book.pages[index].raw = wrong;
            let page = &context.book.pages[index];
            let start = number.range.start;
            let now = bound(&context, page);
            let red = now.iter().any(|n| n.range.start == start && !n.shown);
            let line = page.raw[..start].matches('\n').count() + 1;
            let place = format!("{}: {digits}", page.at(line));
            assert!(red || !number.measured, "{place} was measured");
            measured += usize::from(number.measured);
            match red {
                true => seen += 1,
                false if value == 0.0 => {}
                false => unseen.push(place),
            }
        }
        context.book.pages[index].raw = written;
    }
    println!("seen {seen}, {measured} of them measured; not {unseen:#?}");
    assert!(
        measured > 0 && seen >= 8 * unseen.len(),
        "{seen}: {unseen:#?}"
    );
=======
use snapbox::str;

use crate::tiny::{ENTRY, PAGE, PRACTICE, Tiny};

/// Sentences of the first edition, each of which promised what no program had
/// shown. Some of them were false.
const PROMISES: &str = r#"
Put `.unwrap()` in place of either `match`, and it no longer does.

Remove `start_paused`, and the program takes 800 ms and its times vary.

Put a `sleep(…).await` between the first cut and the last, and the carrots begin
before the onions are done.

Start `browned` as `true`, and the first poll answers `Ready` and the second panics.

Move the first `println!` of `price_written_out` above its block, and it becomes the
third kind.

Write `let _gloves = _gloves;` into the block, and it takes them along.

Change `Wait(1)` to `Wait(0)` in both, and one `Pending` disappears from both traces.

Delete the line that stores the waker, and the stove tells nobody.

Leave out the line that stores the waker in `promise`, and nobody can wake that task
either.

Let `patience` start at 3: all three polls are pending.

Move `_plate` above `yield_now`, and the second run puts away a plate as well.

Take the flag out and this program still prints the same.

Call `join(eggs, toast)` instead, and the lines stay the same: the clock decides.

Swap the arguments, and a limit of 2 turns `Ok("soup")` into `Err(Elapsed)`.

Replace `join!` by two lines with `.await` and the last line says 3000 ms.

Take `server.shutdown()` out of `order`, and the program hangs.

Remove the two calls of `spawn`, and the dishes cook one after the other.

Replace the loop by an early `return` and the set is dropped.

To see the other behaviour, set `worker_threads(1)`: the first kitchen hangs.

`Arc` counts with atomics: write `Arc` for `Rc` and the program compiles.

Add `+ Send + Sync` to the type in both signatures and it compiles.

Write `worker_threads = 1` in the place of the flavour and it prints `4 loaves`.

Raise `closing_time` to 200 ms and the roast runs into its own timeout instead.
"#;

/// Sentences of the book that have such words, and promise nothing.
const NO_PROMISES: &str = r#"
## Turn a blocking call into a future, and it waits

Take it in the order of the lines. Use `biased` where the order is meant. Put a timeout on
whatever you do not control. Change `serve`, and leave `cook` as it is. Replace the
stored waker on every poll.

If you use Tokio already, jump to [the exercise](practice.md). What starts when you call
an `async fn`? If you drop the `JoinHandle`, what does its task do?

| message | cause | repair |
| --- | --- | --- |
| `no reactor` | a thread of its own | call `enter`, and it has one |

Where that counts, call `abort_all` and go on collecting, as `first_error` does.

Set the table, and the guests come. Swap the bread, and it burns: [see](#burnt.cooled).
"#;

#[test]
fn a_sentence_that_promises_another_behaviour() {
    Tiny::new()
        .but(ENTRY, "toast.md), 1 min", "toast.md), 3 min")
        .show(PROMISES)
        .says(str![[r#"
[promises] src/breakfast/toast.md:54: promises what a changed program does, and no variation shows it: "Put `.unwrap()` in place of either `match`, and it no longer does."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:56: promises what a changed program does, and no variation shows it: "Remove `start_paused`, and the program takes 800 ms and its times vary."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:58: promises what a changed program does, and no variation shows it: "Put a `sleep(…).await` between the first cut and the last, and the carrots begin before the onions are done."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:61: promises what a changed program does, and no variation shows it: "Start `browned` as `true`, and the first poll answers `Ready` and the second panics."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:63: promises what a changed program does, and no variation shows it: "Move the first `println!` of `price_written_out` above its block, and it becomes the third kind."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:66: promises what a changed program does, and no variation shows it: "Write `let _gloves = _gloves;` into the block, and it takes them along."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:68: promises what a changed program does, and no variation shows it: "Change `Wait(1)` to `Wait(0)` in both, and one `Pending` disappears from both traces."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:70: promises what a changed program does, and no variation shows it: "Delete the line that stores the waker, and the stove tells nobody."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:72: promises what a changed program does, and no variation shows it: "Leave out the line that stores the waker in `promise`, and nobody can wake that task either."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:75: promises what a changed program does, and no variation shows it: "Let `patience` start at 3: all three polls are pending."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:77: promises what a changed program does, and no variation shows it: "Move `_plate` above `yield_now`, and the second run puts away a plate as well."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:79: promises what a changed program does, and no variation shows it: "Take the flag out and this program still prints the same."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:81: promises what a changed program does, and no variation shows it: "Call `join(eggs, toast)` instead, and the lines stay the same: the clock decides."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:83: promises what a changed program does, and no variation shows it: "Swap the arguments, and a limit of 2 turns `Ok(\"soup\")` into `Err(Elapsed)`."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:85: promises what a changed program does, and no variation shows it: "Replace `join!` by two lines with `.await` and the last line says 3000 ms."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:87: promises what a changed program does, and no variation shows it: "Take `server.shutdown()` out of `order`, and the program hangs."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:89: promises what a changed program does, and no variation shows it: "Remove the two calls of `spawn`, and the dishes cook one after the other."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:91: promises what a changed program does, and no variation shows it: "Replace the loop by an early `return` and the set is dropped."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:93: promises what a changed program does, and no variation shows it: "To see the other behaviour, set `worker_threads(1)`: the first kitchen hangs."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:95: promises what a changed program does, and no variation shows it: "`Arc` counts with atomics: write `Arc` for `Rc` and the program compiles."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:97: promises what a changed program does, and no variation shows it: "Add `+ Send + Sync` to the type in both signatures and it compiles."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:99: promises what a changed program does, and no variation shows it: "Write `worker_threads = 1` in the place of the flavour and it prints `4 loaves`."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:101: promises what a changed program does, and no variation shows it: "Raise `closing_time` to 200 ms and the roast runs into its own timeout instead."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[numbers] src/breakfast/toast.md:56: nothing below this heading shows `800 ms`: "Remove `start_paused`, and the program takes 800 ms and its times vary."
  mend     write it as the output or the measurement has it, below the heading where that stands; or link to its figure, its page or its source in the sentence; or do without the number
[numbers] src/breakfast/toast.md:85: nothing below this heading shows `3000 ms`: "Replace `join!` by two lines with `.await` and the last line says 3000 ms."
  mend     write it as the output or the measurement has it, below the heading where that stands; or link to its figure, its page or its source in the sentence; or do without the number
[numbers] src/breakfast/toast.md:101: nothing below this heading shows `200 ms`: "Raise `closing_time` to 200 ms and the roast runs into its own timeout instead."
  mend     write it as the output or the measurement has it, below the heading where that stands; or link to its figure, its page or its source in the sentence; or do without the number

"#]]);
}

#[test]
fn a_promise_in_two_sentences_and_one_that_is_supposed() {
    let said = "Remove the call of `burn`. Now nothing is burnt.\n\n\
                - If you remove `burn`, the slice stays raw.\n\n\
                - With `cool` in the place of `burn`, the program compiles.\n\n\
                - Without the call, the slice stays raw.";
    Tiny::new()
        .but(ENTRY, "toast.md), 1 min", "toast.md), 2 min")
        .show(said)
        .says(str![[r#"
[promises] src/breakfast/toast.md:53: promises what a changed program does, and no variation shows it: "Remove the call of `burn`."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:55: promises what a changed program does, and no variation shows it: "If you remove `burn`, the slice stays raw."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:57: promises what a changed program does, and no variation shows it: "With `cool` in the place of `burn`, the program compiles."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands
[promises] src/breakfast/toast.md:59: promises what a changed program does, and no variation shows it: "Without the call, the slice stays raw."
  mend     make it a variation (CONTRIBUTING.md), link to one here (#NAME.WORD), or say what the program does as it stands

"#]]);
}

#[test]
fn a_sentence_that_promises_nothing() {
    Tiny::new()
        .but(ENTRY, "toast.md), 1 min", "toast.md), 2 min")
        .show(NO_PROMISES)
        .says("");
}

#[test]
fn a_number_that_nothing_shows() {
    let said = "It takes 30 ms, or 12 slices, or 0.5 of one, as `[ 40 s]` says.\n\n\
                - 1,000 polls; nothing else.\n\n\
                | what | cost |\n| --- | --- |\n| a slice | 8 B |";
    let caption = "A slice. <code>cargo run --example toast</code>";
    Tiny::new()
        .but(PAGE, caption, &caption.replace("slice", "slice of 99 %"))
        .show(said)
        .says(str![[r#"
[numbers] src/breakfast/toast.md:6: nothing below this heading shows `99 %`: "A slice of 99 %."
  mend     write it as the output or the measurement has it, below the heading where that stands; or link to its figure, its page or its source in the sentence; or do without the number
[numbers] src/breakfast/toast.md:53: nothing below this heading shows `30 ms`: "It takes 30 ms, or 12 slices, or 0.5 of one, as `[ 40 s]` says."
  mend     write it as the output or the measurement has it, below the heading where that stands; or link to its figure, its page or its source in the sentence; or do without the number
[numbers] src/breakfast/toast.md:53: nothing below this heading shows `12`: "It takes 30 ms, or 12 slices, or 0.5 of one, as `[ 40 s]` says."
  mend     write it as the output or the measurement has it, below the heading where that stands; or link to its figure, its page or its source in the sentence; or do without the number
[numbers] src/breakfast/toast.md:53: nothing below this heading shows `0.5`: "It takes 30 ms, or 12 slices, or 0.5 of one, as `[ 40 s]` says."
  mend     write it as the output or the measurement has it, below the heading where that stands; or link to its figure, its page or its source in the sentence; or do without the number
[numbers] src/breakfast/toast.md:53: nothing below this heading shows `40 s`: "It takes 30 ms, or 12 slices, or 0.5 of one, as `[ 40 s]` says."
  mend     write it as the output or the measurement has it, below the heading where that stands; or link to its figure, its page or its source in the sentence; or do without the number
[numbers] src/breakfast/toast.md:55: nothing below this heading shows `1,000 polls`: "1,000 polls; nothing else."
  mend     write it as the output or the measurement has it, below the heading where that stands; or link to its figure, its page or its source in the sentence; or do without the number
[numbers] src/breakfast/toast.md:59: nothing below this heading shows `8 B`: "a slice | 8 B"
  mend     write it as the output or the measurement has it, below the heading where that stands; or link to its figure, its page or its source in the sentence; or do without the number

"#]]);
}

#[test]
fn a_number_that_stands_below_another_heading() {
    let program =
        "```rust\nfn main() {\n    assert_eq!(1500 / 2, 750);\n}\n```";
    let said = format!("{program}\n\nIt is 750.\n\n## Later\n\nIt is 750.");
    Tiny::new().show(&said).says(str![[r#"
[numbers] src/breakfast/toast.md:63: nothing below this heading shows `750`: "It is 750."
  mend     write it as the output or the measurement has it, below the heading where that stands; or link to its figure, its page or its source in the sentence; or do without the number

"#]]);
}

#[test]
fn a_number_that_is_shown_or_none() {
    let program = "```rust\nfn main() {\n    assert!(80.25 * 2.0 < 1500.0);\n    \
                   assert!(64 * 1024 > 131_072 / 3);\n}\n```";
    let said = "It takes 1.5 s or 80 µs, and 64 KiB of 65,536 bytes, or 131 072. \
                Rust 1.95, edition 2021, status 101, line 12, C++20, the 63rd, a \
                64-bit system, on 21 November 2026, and 2 or 3 of `Wait(12)`.";
    let long =
        || Tiny::new().but(ENTRY, "toast.md), 1 min", "toast.md), 2 min");
    long().show(&format!("{program}\n\n{said}")).says("");
    // Where it links to the figure of another heading, or of another page.
    let link = "## Later\n\nAs [before](#toast) it takes 80 µs.";
    let closed = "<details><summary>What took 80 µs?</summary>\n\n\
                  The [toast](toast.md).\n\n</details>\n\n";
    Tiny::new()
        .show(&format!("{program}\n\n{link}"))
        .but(
            PRACTICE,
            "Back to",
            &format!("{closed}It took 80 µs. Back to"),
        )
        .says(str![[r#"
[numbers] src/breakfast/practice.md:32: nothing below this heading shows `80 µs`: "It took 80 µs."
  mend     write it as the output or the measurement has it, below the heading where that stands; or link to its figure, its page or its source in the sentence; or do without the number
[minutes] src/breakfast.md:7: src/breakfast/toast.md takes 2 min, and not 1
  mend     write 2 min
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]]);
>>>>>>> speed
}
