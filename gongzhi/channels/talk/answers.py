"""What we text back, each short enough for one part (70 signs with the signature) but for the progress of a matter.

They are Chinese whatever language pages are shown in: nobody chooses one by text.
"""

from typing import Final

WHAT: Final = "请写下发生了什么、希望怎样解决。危急请打110、119、120。"
WHERE: Final = "在哪里？请写县区、乡镇（街道）和村。危急请打110、119、120。"
NAME: Final = "怎么称呼您？请回复姓名；不想留名请回复0。"
NAME_OF_PETITION: Final = "怎么称呼您？信访写了真实姓名才能书面答复您；不想留名请回复0。"
WHOM: Final = "您反映的是哪个单位或哪个人？我们对它保密。不方便说请回复0。"
FORM: Final = "信访要写明姓名和电话，请在网页上填写，或打12345。"
WHICH: Final = "您有一件正在办理。补充这件请回复A，另一件事请回复B。"
ADDED: Final = "已补充到您正在办理的诉求，承办人员能看到。"
RATED: Final = "谢谢，已记下您的评价。"
RATED_BADLY: Final = "已记下您的评价，工作人员会打电话向您核实。"
RECEIVED: Final = "已记下您收到意见书，申请复查复核的三十日从明天算起。"
TO_PERSON: Final = "已收到，工作人员会看您的短信并回复。危急请打110、119、120。"
THANKS: Final = "好的，不客气。有事随时写给我们，急事请打12345。"
SORRY: Final = "对不起，让您着急了。工作人员会看您写的并回复；急事请打12345。"
URGENT: Final = "请马上打电话：报警110、火警119、急救120。您写的工作人员会尽快看。"
#: 12356 is the line of psychological help throughout the country (国家卫生健康委, since May 2025).
COMFORT: Final = "心里难受请打12356，有人听您说；有危险请打110、120。工作人员会尽快看您写的。"
CANCELLED: Final = "好的，这次没有登记。有事随时写给我们。"
NOT_A_CODE: Final = "查询码是12位，请核对后再发；不记得了回复「进度」，或打12345。"
WITH_THE_FIRST: Final = "收到，和前面的一并交给工作人员了，请等回复。"
STOPPED: Final = "已停止发送通知，可凭查询码查办理结果。恢复请回复KT。"
STARTED: Final = "已恢复发送通知。"
HELP: Final = "直接写下要反映的事即可；发查询码查进度；TD退订。急事请打12345。"
NO_MATTER: Final = "这个号码没有正在办理的事。请发12位查询码，或打12345。"
ANOTHER_PHONE: Final = "没有查到。请用登记时的手机发查询码，或在后面加上那部手机号后四位。"
PICTURE_IN_TALK: Final = "照片收到了，登记以后放进您的诉求。请接着回答上面的问题。"
PICTURE_ADDED: Final = "照片收到了，会放进您正在办理的那件事。"
PICTURE_IN_FORM: Final = "照片请在网页提交以后上传，这里存不下。"
PICTURE_LATER: Final = "请先写下发生了什么、在哪里；登记以后再发照片。"
EVERY_SHORT: Final = (
    *(WHAT, WHERE, NAME, NAME_OF_PETITION, WHOM, FORM, WHICH, ADDED, RECEIVED, RATED, RATED_BADLY, TO_PERSON),
    *(THANKS, SORRY, URGENT, COMFORT, CANCELLED, NOT_A_CODE, WITH_THE_FIRST),
    *(STOPPED, STARTED, HELP, NO_MATTER, ANOTHER_PHONE),
    *(PICTURE_IN_TALK, PICTURE_ADDED, PICTURE_IN_FORM, PICTURE_LATER),
)
