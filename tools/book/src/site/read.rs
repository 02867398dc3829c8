//! A rendered page is read, element by element.

use scraper::{ElementRef, Html, Selector};

use super::{Code, Figure, Fold, RenderedPage, Row, Shows, WhatIfBlock, words};

impl RenderedPage {
    pub(super) fn parse(text: &str) -> RenderedPage {
        let html = Html::parse_document(text);
        let mut page = RenderedPage {
            rows: html.select(&selector("tr")).filter_map(row).collect(),
            ..RenderedPage::default()
        };
        page.read(html.root_element(), &Place::default());
        page
    }

    /// Notes what an element at this place is, and all that stands in it.
    fn read(&mut self, element: ElementRef, place: &Place) {
        let name = element.value().name();
        let attribute = |name: &str| element.attr(name).unwrap_or_default();
        let mut here = *place;
        self.note_attributes(element, place);
        match name {
            "main" => here.main = true,
            "footer" => here.footer = true,
            "svg" | "trace-player" => here.drawn = true,
            "figcaption" => here.caption = true,
            "summary" => here.question = here.fold != Fold::Open,
            "details" => {
                let class = attribute("class");
                let predict = class.split(' ').any(|word| word == "predict");
                if element.attr("open").is_none() {
                    here.fold = match here.fold {
                        _ if predict => Fold::Prediction,
                        Fold::Open => Fold::Closed,
                        around => around,
                    };
                    here.drawn |= self.shown_at(place) == Shows::Plot;
                } else if predict {
                    self.open_predictions += 1;
                }
                if class == "whatif" {
                    self.what_ifs.push(what_if(element, place.figure));
                    here.what_if = Some(self.what_ifs.len() - 1);
                }
            }
            "template" | "dialog" | "noscript" if place.main => {
                self.hidden += 1;
            }
            "figure" if place.main => {
                self.figures.push(figure(element));
                here.figure = Some(self.figures.len() - 1);
            }
            "meta" if attribute("http-equiv") == POLICY => {
                self.policies.push(attribute("content").to_owned());
            }
            "script" if element.attr("src").is_none() => {
                self.scripts.push(element.text().collect());
            }
            "pre" if place.main => {
                self.code.push(Code {
                    text: element.text().collect(),
                    lines: lines_seen(element),
                    figure: place.figure,
                    what_if: place.what_if,
                    fold: place.fold,
                });
                here.drawn = true;
            }
            "li" => {
                if let Some(index) = place.figure {
                    self.figures[index].items += 1;
                }
            }
            "code" if !place.drawn => {
                let code = words(&element.text().collect::<String>());
                if let Some(index) = place.figure {
                    let figure = &mut self.figures[index];
                    if place.caption {
                        figure.commands.push(code.clone());
                    }
                    figure.quotes.push(code);
                }
            }
            _ => {}
        }
        for child in element.children() {
            if let Some(element) = ElementRef::wrap(child) {
                self.read(element, &here);
            } else if let Some(text) = child.value().as_text()
                && here.main
                && !here.drawn
            {
                self.note_prose(text, &here);
            }
        }
    }

    fn shown_at(&self, place: &Place) -> Shows {
        place
            .figure
            .map_or(Shows::Unknown, |f| self.figures[f].shows)
    }

    fn note_attributes(&mut self, element: ElementRef, place: &Place) {
        for (name, value) in element.value().attrs() {
            match name {
                "id" => {
                    *self.anchors.entry(value.to_owned()).or_default() += 1;
                }
                "href" | "src" => {
                    self.links.insert(value.to_owned());
                }
                "hidden" if place.main => self.hidden += 1,
                // mdBook aligns the cells of a table.
                "style" if place.main && !place.drawn => {
                    let cell = ["td", "th"].contains(&element.value().name());
                    self.hidden += usize::from(!cell);
                }
                // In raw HTML, and in what mdBook adds.
                _ if name.starts_with("on") => {
                    self.handlers.push(format!("{name}=\"{value}\""));
                }
                _ => {}
            }
        }
        // The link that suggests an edit is another one on each page.
        let edit = element.attr("rel") == Some("edit");
        if let Some(link) = element.attr("href")
            && element.value().name() == "a"
            && (place.main || place.footer && !edit)
            && link.starts_with("http")
        {
            self.external.insert(link.to_owned());
        }
    }

    fn note_prose(&mut self, text: &str, place: &Place) {
        self.words += text.split_whitespace().count();
        if let Some(index) = place.figure {
            let figure = &mut self.figures[index];
            if place.caption {
                figure.caption.push_str(text);
            } else if place.question {
                figure.questions.push_str(text);
                figure.questions.push(' ');
            }
        }
    }
}

const POLICY: &str = "Content-Security-Policy";

/// What is around an element.
#[derive(Clone, Copy, Default)]
struct Place {
    main: bool,
    footer: bool,
    figure: Option<usize>,
    what_if: Option<usize>,
    caption: bool,
    question: bool,
    fold: Fold,
    /// Code, or a part of a drawing: no prose.
    drawn: bool,
}

fn what_if(element: ElementRef, figure: Option<usize>) -> WhatIfBlock {
    let mut found = WhatIfBlock {
        id: element.attr("id").unwrap_or_default().to_owned(),
        open: element.attr("open").is_some(),
        figure,
        ..WhatIfBlock::default()
    };
    let summary = element.children().filter_map(ElementRef::wrap);
    let mut summary = summary.filter(|c| c.value().name() == "summary");
    if let Some(summary) = summary.next() {
        let whole = words(&summary.text().collect::<String>());
        let code = summary.select(&selector("code")).last();
        let code = code.map(|code| words(&code.text().collect::<String>()));
        found.command = code.unwrap_or_default();
        let question = whole.strip_suffix(&found.command).unwrap_or(&whole);
        found.question = question.trim().to_owned();
    }
    found
}

fn figure(element: ElementRef) -> Figure {
    let attribute = |name: &str| element.attr(name).unwrap_or_default();
    let list = |name: &str| -> Vec<String> {
        let list = attribute(name).split_whitespace();
        list.map(str::to_owned).collect()
    };
    let shows = match attribute("class") {
        "listing" => Shows::Listing,
        "exercise" => Shows::Exercise,
        "recording" => Shows::Recording,
        "plot" => Shows::Plot,
        "anatomy" => Shows::Anatomy,
        _ => Shows::Unknown,
    };
    let drawing = match shows {
        Shows::Plot => "svg",
        _ => "trace-player",
    };
    let children = element.children().filter_map(ElementRef::wrap);
    Figure {
        shows,
        id: attribute("id").to_owned(),
        claims: list("data-claims"),
        counterparts: list("data-blocks"),
        run: element.attr("data-run").is_some(),
        of: attribute("data-of").to_owned(),
        drawings: children.filter(|c| c.value().name() == drawing).count(),
        ..Figure::default()
    }
}

/// How many lines of a `<pre>` mdBook does not hide.
fn lines_seen(pre: ElementRef) -> usize {
    let all = pre.text().collect::<String>();
    let hidden: String = pre
        .select(&selector(".boring"))
        .flat_map(|b| b.text())
        .collect();
    let lines = |text: &str| text.trim_end().lines().count();
    lines(&all).saturating_sub(lines(&hidden))
}

fn row(element: ElementRef) -> Option<Row> {
    let cells: Vec<ElementRef> = element.select(&selector("td")).collect();
    let anchor = cells.first()?.select(&selector("[id]")).next();
    let id = anchor
        .and_then(|a| a.attr("id"))
        .unwrap_or_default()
        .to_owned();
    let own = format!("#{id}");
    Some(Row {
        cells: cells
            .iter()
            .map(|cell| cell.text().collect::<String>().trim().to_owned())
            .collect(),
        links: element
            .select(&selector("a[href]"))
            .filter_map(|link| link.attr("href"))
            .filter(|href| *href != own)
            .map(str::to_owned)
            .collect(),
        id,
    })
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).expect("the selector is correct")
}
