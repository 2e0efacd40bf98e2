use super::*;

/// What is drawn in anchors whose corners are given as `col,colOff,row,rowOff`.
fn drawn(anchors: &[(&str, &str, &str)]) -> Vec<String> {
    let corner = |name: &str, at: &str| {
        let mut at = at.split(',');
        let mut next = || at.next().unwrap();
        let (col, col_off, row, row_off) = (next(), next(), next(), next());
        format!(
            "<xdr:{name}><xdr:col>{col}</xdr:col><xdr:colOff>{col_off}</xdr:colOff>\
             <xdr:row>{row}</xdr:row><xdr:rowOff>{row_off}</xdr:rowOff></xdr:{name}>"
        )
    };
    let anchors: String = anchors
        .iter()
        .map(|(from, to, inside)| {
            let corners = corner("from", from) + &corner("to", to);
            format!("<xdr:twoCellAnchor>{corners}{inside}<xdr:clientData/></xdr:twoCellAnchor>")
        })
        .collect();
    let part = format!(
        "<xdr:wsDr xmlns:xdr=\"x\" xmlns:a=\"a\" xmlns:mc=\"m\" xmlns:r=\"r\" xmlns:dgm=\"d\">{anchors}</xdr:wsDr>"
    );
    let drawn = read("d", part.as_bytes(), &Limits::default()).unwrap();
    let remarks = drawn.remarks.iter();
    let told = remarks.map(|one| format!("{:?} {} {}", one.kind, one.range, one.text));
    let diagrams = drawn.diagrams.iter();
    told.chain(diagrams.map(|(id, range)| format!("diagram {range} {id}")))
        .collect()
}

fn one(inside: &str) -> Vec<String> {
    drawn(&[("3,10,7,0", "5,1,8,0", inside)])
}

fn preset(form: &str, line: &str, text: &str) -> String {
    format!(
        "<xdr:sp><xdr:nvSpPr><xdr:cNvPr id=\"2\" name=\"x\"/><xdr:cNvSpPr/></xdr:nvSpPr>\
         <xdr:spPr><a:prstGeom prst=\"{form}\"/><a:ln>{line}</a:ln></xdr:spPr>\
         <xdr:txBody><a:bodyPr/><a:p><a:r><a:rPr/><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )
}

#[test]
fn arrows_are_told_from_lines_and_other_shapes() {
    let head = "<a:headEnd type=\"none\"/><a:tailEnd type=\"triangle\"/>";
    let connector = |line: &str| {
        format!(
            "<xdr:cxnSp><xdr:spPr><a:prstGeom prst=\"straightConnector1\"/><a:ln>{line}</a:ln></xdr:spPr></xdr:cxnSp>"
        )
    };
    for (shape, expected) in [
        (preset("rightArrow", "", "検討"), "Arrow D8:F8 検討"),
        (preset("homePlate", "", ""), "Arrow D8:F8 "),
        (preset("line", head, ""), "Arrow D8:F8 "),
        (preset("line", "", ""), "Line D8:F8 "),
        (preset("rect", head, "実施"), "Shape D8:F8 実施"),
        (connector(head), "Arrow D8:F8 "),
        (connector("<a:tailEnd/>"), "Line D8:F8 "),
        (
            "<xdr:pic><xdr:blipFill/></xdr:pic>".to_owned(),
            "Picture D8:F8 ",
        ),
    ] {
        assert_eq!(one(&shape), [expected], "{shape}");
    }
}

#[test]
fn a_shape_lies_over_no_cell_of_which_it_only_touches_the_edge() {
    let shape = preset("rect", "", "甲");
    for (from, to, expected) in [
        ("0,0,0,0", "2,0,2,0", "A1:B2"),
        ("0,0,0,0", "2,1,2,1", "A1:C3"),
        ("3,5,3,5", "3,9,3,9", "D4"),
        ("3,5,3,5", "99999,9,-4,9", "D1:XFD4"),
    ] {
        let told = drawn(&[(from, to, &shape)]);
        assert_eq!(told, [format!("Shape {expected} 甲")], "{from} {to}");
    }
}

#[test]
fn words_keep_their_lines_and_every_shape_of_a_group_speaks() {
    let lines = "<xdr:grpSp><xdr:nvGrpSpPr><xdr:cNvPr id=\"1\" name=\"g\"/></xdr:nvGrpSpPr>\
        <xdr:sp><xdr:nvSpPr><xdr:cNvPr id=\"2\" name=\"t\"/><xdr:cNvSpPr txBox=\"1\"/></xdr:nvSpPr>\
        <xdr:txBody><a:p><a:r><a:t>一</a:t></a:r><a:br/><a:r><a:t>二 &amp; 三</a:t></a:r></a:p>\
        <a:p><a:fld><a:t>四</a:t></a:fld></a:p><a:p/></xdr:txBody></xdr:sp>";
    let inside = format!("{lines}{}</xdr:grpSp>", preset("ellipse", "", "五"));
    let expected = ["TextBox D8:F8 一\n二 & 三\n四", "Shape D8:F8 五"];
    assert_eq!(one(&inside), expected);
}

#[test]
fn one_of_two_alternatives_counts_and_what_is_hidden_without_words_does_not() {
    let inside = format!(
        "<mc:AlternateContent><mc:Choice Requires=\"a14\">{}</mc:Choice>\
         <mc:Fallback>{}</mc:Fallback></mc:AlternateContent>\
         <xdr:sp><xdr:nvSpPr><xdr:cNvPr id=\"9\" name=\"h\" hidden=\"1\"/></xdr:nvSpPr></xdr:sp>",
        preset("rect", "", "新"),
        preset("rect", "", "旧")
    );
    assert_eq!(one(&inside), ["Shape D8:F8 新"]);
}

#[test]
fn charts_and_diagrams_are_frames() {
    let frame =
        |data: &str| format!("<xdr:graphicFrame><a:graphic>{data}</a:graphic></xdr:graphicFrame>");
    let chart = frame(
        "<a:graphicData uri=\"http://x/2006/chart\"><c:chart xmlns:c=\"c\" r:id=\"rId1\"/></a:graphicData>",
    );
    assert_eq!(one(&chart), ["Chart D8:F8 "]);
    let smart = frame(
        "<a:graphicData uri=\"http://x/2006/diagram\"><dgm:relIds r:dm=\"rId2\" r:lo=\"rId3\"/></a:graphicData>",
    );
    assert_eq!(one(&smart), ["diagram D8:F8 rId2"]);
    let words = "<dgm:dataModel xmlns:dgm=\"d\" xmlns:a=\"a\"><dgm:pt><dgm:t><a:bodyPr/><a:p><a:r><a:t>検討</a:t></a:r></a:p></dgm:t></dgm:pt>\
        <dgm:pt><dgm:t><a:p><a:r><a:t>実施</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>";
    let told = diagram("s", words.as_bytes(), &Limits::default());
    assert_eq!(told.unwrap(), "検討\n実施");
}
