// Package signing works out what signatures become of a campaign's files: the
// sign-offs and the confidentiality review, 公开方式 and 发布日期 that go before the
// first of them, 退回, 停止公示 and its end.
//
// [Find] returns what a file name means, [Waiting] what a stage has before it, and
// [Sign], [Open], [Return], [Stop] and [Restore] note in a [change.Set] what the files
// become; nothing is written here. [Approvals] are the lines of the 发布审批表.
// [KeepTexts] keeps what was signed, so that [Changes] can show what is other since.
package signing
