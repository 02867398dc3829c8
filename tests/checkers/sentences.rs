//! Numbers of the book itself, made wrong one at a time.

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
}
