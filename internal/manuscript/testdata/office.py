"""Writes a department's summary with python-docx, as another program would.

usage: python3 office.py OUT.docx PICTURE.png
"""
import sys

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

out, picture = sys.argv[1:]
doc = Document()
doc.core_properties.author = "不该出现的作者"
doc.sections[0].header.paragraphs[0].text = "内部材料"
doc.styles["Normal"].font.name = "仿宋"
doc.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
hidden = doc.styles.add_style("隐藏字", WD_STYLE_TYPE.CHARACTER)
hidden.font.hidden = True

doc.add_heading("赣州市公安局网剑行动工作总结", 0)
doc.add_paragraph("现将有关情况报告如下。")

doc.add_heading("一、主要经验做法", 1)
doc.add_heading("（一）同一案件两条线并查", 2)
p = doc.add_paragraph("办理案件时，")
p.add_run("两条线（互附副本）").bold = True
p.add_run("一起看，依照")
p.add_run("《网络安全法》").italic = True
p.add_run("检查。")
p.add_run("只给自己人看的话").font.hidden = True
p.add_run("样式隐藏的话", style="隐藏字")
doc.add_heading("1.研判", 3)
doc.add_paragraph("涉药案件；", style="List Bullet")
doc.add_paragraph("刷单案件；", style="List Bullet")
doc.add_paragraph("其中一类。", style="List Bullet 2")
doc.add_paragraph("先固定；", style="List Number")
doc.add_paragraph("后核查。", style="List Number")
doc.add_paragraph("查一家、警一片。", style="Intense Quote")

doc.add_heading("二、工作成效", 1)
p = doc.add_paragraph("行动期间，查处相关网络违法案件")
p.add_run("231").bold = True
p.add_run("件，关停违法违规账号999个。")
p.add_run().add_break(WD_BREAK.LINE)
p.add_run("另起一行的话。")
table = doc.add_table(rows=4, cols=3, style="Table Grid")
for i, text in enumerate(["类别", "项目", "数量"]):
    table.cell(0, i).text = text
table.cell(1, 0).merge(table.cell(2, 0)).text = "案件"
table.cell(1, 1).text, table.cell(1, 2).text = "查处相关网络违法案件（件）", "231"
table.cell(2, 1).text, table.cell(2, 2).text = "其他*项目*|（件）", "5"
table.cell(3, 0).merge(table.cell(3, 2)).text = "合计（略）"
doc.add_picture(picture, width=Cm(4))
doc.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER
doc.add_paragraph("图1 联合检查现场", style="Caption")

doc.add_heading("三、存在的问题", 1)
doc.add_paragraph("手法向小众渠道转移，见 a_b_c 与 <b>、[x]、#1。")
p = doc.add_paragraph("红字待核。")
p.runs[0].font.color.rgb = RGBColor(0xFF, 0, 0)
p.runs[0].font.size = Pt(16)
p.runs[0].font.underline = True

doc.add_page_break()
doc.add_heading("四、下一步工作打算", 1)
doc.add_paragraph("落实新法。")
link = OxmlElement("w:hyperlink")
link.set(qn("r:id"), doc.part.relate_to("https://www.gov.cn/", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True))
run = OxmlElement("w:r")
text = OxmlElement("w:t")
text.text = "中国政府网"
run.append(text)
link.append(run)
doc.add_paragraph("法律全文见")._p.append(link)
p = doc.add_paragraph("赣州市公安局")
p.alignment = WD_ALIGN_PARAGRAPH.RIGHT
p = doc.add_paragraph("2022年11月25日")
p.alignment = WD_ALIGN_PARAGRAPH.RIGHT
doc.save(out)
