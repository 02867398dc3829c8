//! Numbers of the book itself, made wrong one at a time.

use book::check::{Context, bound};
use book::listings::root_of_the_book;

/// The book itself, with each of its numbers three times as large, one at a
/// time. Where that stands below the same heading as well, as the 300 ms of the
/// eggs beside the 100 ms of the tea, nobody sees it.
#[test]
fn a_number_times_three() {
    let mut context =
        Context::load(&root_of_the_book()).expect("the book can be read");
    let (mut seen, mut unseen) = (0, Vec::new());
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
            let now = bound(&context, page);
            let start = number.range.start;
            let red = now.iter().any(|n| n.range.start == start && !n.shown);
            match red {
                true => seen += 1,
                false if value == 0.0 => {}
                false => unseen.push(format!(
                    "{}: {digits}",
                    page.at(page.raw[..start].matches('\n').count() + 1)
                )),
            }
        }
        context.book.pages[index].raw = written;
    }
    println!("seen {seen}, not {}:\n{}", unseen.len(), unseen.join("\n"));
    assert!(seen >= 5 * unseen.len(), "{seen}: {unseen:#?}");
}
