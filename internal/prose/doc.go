// Package prose reads what Chinese prose states in so many words: numbers,
// sums of money, days and document numbers, in every form in which offices
// write them (250,000元, 25万元, 二十五万元, 贰拾伍万元整, ２５００００元), and the
// figures of the form that a narrative's numbers stand for.
//
// It returns values with their places in the text and judges nothing. Review
// compares them with what stands elsewhere, manuscript turns them into
// references. Values are exact decimals.
package prose
