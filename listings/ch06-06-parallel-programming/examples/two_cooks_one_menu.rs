use rayon::{ThreadPoolBuildError, ThreadPoolBuilder, current_thread_index};
use std::ops::Range;
use std::sync::{Barrier, Mutex};

/// Who begins which dish, and to which piece of the menu it belongs, in order.
type Diary = Mutex<Vec<(Option<usize>, String)>>;

/// Halves the menu down to single dishes. A cook who takes a half that another
/// has offered works on that piece from then on.
fn halve<F>(menu: Range<usize>, piece: Range<usize>, cook: &F)
where
    F: Fn(usize, Range<usize>) + Sync,
{
    if menu.len() == 1 {
        return cook(menu.start, piece);
    }
    let middle = menu.start + menu.len() / 2;
    let (near, far) = (menu.start..middle, middle..menu.end);
    rayon::join_context(
        |_| halve(near, piece.clone(), cook),
        |far_is| {
            let taken = far_is.migrated();
            let piece = if taken { far.clone() } else { piece.clone() };
            halve(far, piece, cook);
        },
    );
}

fn main() -> Result<(), ThreadPoolBuildError> {
    let pool = ThreadPoolBuilder::new().num_threads(2).build()?;
    let (diary, meet) = (Diary::default(), Barrier::new(2));
    pool.install(|| {
        halve(0..8, 0..8, &|dish, piece| {
            // Dish 4 is begun after dish 0, dish 1 after dish 4, and dish 4
            // is the roast: it is done when all the others are begun.
            if dish == 4 {
                meet.wait();
            }
            let line = format!("dish {dish} of {piece:?}");
            let mut lines = diary.lock().expect("no panic");
            lines.push((current_thread_index(), line));
            let begun = lines.len();
            drop(lines);
            if dish == 0 || dish == 4 {
                meet.wait();
                meet.wait();
            } else if begun == 8 {
                meet.wait();
            }
        });
    });

    let lines = diary.into_inner().expect("no panic");
    println!("{:20}second cook", "first cook");
    for (cook, line) in &lines {
        let column = if *cook == lines[0].0 { 0 } else { 20 };
        println!("{:column$}{line}", "");
    }
    Ok(())
}
