use super::sync::Mutex;

pub struct Pots {
    /// How much is in each.
    pots: Vec<Mutex<u32>>,
}

impl Pots {
    /// In all together there is no more than a `u32` holds.
    pub fn new(contents: &[u32]) -> Pots {
        Pots {
            pots: contents.iter().map(|&soup| Mutex::new(soup)).collect(),
        }
    }

    /// Pours so much from one pot into another and returns true. If there is not
    /// so much in the first, changes nothing and returns false.
    pub fn pour(&self, from: usize, to: usize, much: u32) -> bool {
        // Both are found before one is locked.
        let (low, high) = (&self.pots[from.min(to)], &self.pots[from.max(to)]);
        let mut low = low.lock().expect(INTACT);
        if from == to {
            return *low >= much;
        }
        // Who needs two locks takes the one with the lower number first.
        let mut high = high.lock().expect(INTACT);
        let (from, to) = match from < to {
            true => (&mut *low, &mut *high),
            false => (&mut *high, &mut *low),
        };
        if *from < much {
            return false;
        }
        *from -= much;
        *to += much;
        true
    }

    /// How much is in all pots together, at one moment.
    pub fn total(&self) -> u32 {
        let all = self.pots.iter().map(|pot| pot.lock().expect(INTACT));
        // All of them are locked before the first is read.
        let all: Vec<_> = all.collect();
        all.iter().map(|soup| **soup).sum()
    }
}

const INTACT: &str = "nothing panics while it holds a lock";
