//! 目盛り: an axis from zero to the outermost number, in steps that a person counts in.

/// About so many steps an axis has.
const STEPS: f64 = 3.0;

/// An axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Its lower end, zero or below.
    pub low: f64,
    /// Its upper end, zero or above.
    pub high: f64,
    /// From one tick to the next.
    pub step: f64,
}

impl Scale {
    /// Makes the axis of some numbers; `None` for numbers that no axis can hold.
    pub fn of(numbers: &[f64]) -> Option<Self> {
        let high = numbers.iter().copied().fold(0.0, f64::max);
        let low = numbers.iter().copied().fold(0.0, f64::min);
        let span = high - low;
        if !span.is_finite() {
            return None;
        }
        let rough = if span > 0.0 { span / STEPS } else { 1.0 };
        let power = 10f64.powf(rough.log10().floor());
        let times = [1.0, 2.0, 5.0, 10.0];
        let mut steps = times.iter().map(|times| times * power);
        let step = steps.find(|step| *step >= rough * 0.999)?;
        // What is counted one by one has no halves.
        let whole = numbers.iter().all(|number| number.fract() == 0.0);
        let step = if whole { step.max(1.0) } else { step };
        let low = (low / step).floor() * step;
        Some(Self {
            low,
            high: ((high / step).ceil() * step).max(low + step),
            step,
        })
    }

    /// The ticks from below.
    pub fn ticks(&self) -> Vec<f64> {
        let count = ((self.high - self.low) / self.step).round() as usize;
        (0..=count)
            .map(|at| self.low + self.step * at as f64)
            .collect()
    }

    /// How many decimals tell its ticks apart, where they are written in so many.
    pub fn decimals(&self, unit: f64) -> usize {
        let digits = -(self.step / unit).log10().floor();
        digits.clamp(0.0, 6.0) as usize
    }
}
