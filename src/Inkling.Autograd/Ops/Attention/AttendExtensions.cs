namespace Inkling;

/// <summary>The public face of <see cref="Attend"/>.</summary>
public static class AttendExtensions
{
    extension(Tensor queries)
    {
        /// <summary>
        /// Attention of several heads (Vaswani et al. 2017, §3.2.1): queries <c>[Tq, B, h·d]</c>, keys <c>[Tk, B, h·d]</c>, values <c>[Tk, B, h·e]</c> →
        /// <c>[Tq, B, h·e]</c>.
        /// </summary>
        /// <param name="keys">What queries are compared with.</param>
        /// <param name="values">What is averaged.</param>
        /// <param name="heads">Number of heads h.</param>
        /// <param name="rule">What may be seen, scale, dropout.</param>
        /// <param name="mask">Added to the scores, −∞ to hide: <c>[Tq, Tk]</c>, <c>[B, Tq, Tk]</c> or <c>[B, h, Tq, Tk]</c>; it cannot learn.</param>
        /// <exception cref="ArgumentException">Shapes do not fit, a length is not in 1 … Tk, or the mask wants a gradient.</exception>
        public Tensor Attention(Tensor keys, Tensor values, int heads, AttentionRule rule = default, Tensor? mask = null) =>
            mask is null ? Tape.Record(new Attend(heads, rule), queries, keys, values) : Tape.Record(new Attend(heads, rule, masked: true), queries, keys, values, Fixed(mask.Value));

        /// <summary>The same with keys and values side by side, <c>[Tk, B, 2·h·d]</c>.</summary>
        public Tensor Attention(Tensor keysAndValues, int heads, AttentionRule rule = default, Tensor? mask = null) =>
            mask is null ? Tape.Record(new Attend(heads, rule), queries, keysAndValues) : Tape.Record(new Attend(heads, rule, masked: true), queries, keysAndValues, Fixed(mask.Value));

        /// <summary>The same of queries, keys and values side by side, <c>[T, B, 3·h·d] → [T, B, h·d]</c>.</summary>
        public Tensor SelfAttention(int heads, AttentionRule rule = default, Tensor? mask = null) =>
            mask is null ? Tape.Record(new Attend(heads, rule), queries) : Tape.Record(new Attend(heads, rule, masked: true), queries, Fixed(mask.Value));
    }

    private static Tensor Fixed(Tensor mask)
    {
        if (mask.Resolve().NeedsGradient) throw new ArgumentException("Attention: the mask wants a gradient, which it would not get. Make it an input without requiresGradient.", nameof(mask));
        return mask;
    }
}
