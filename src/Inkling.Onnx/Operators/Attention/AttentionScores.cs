using System.Numerics;
using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>The scores of attention, head by head, from raw products to probabilities.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal sealed class AttentionScores<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Raw = 0;
    private const int Bounded = 1;
    private const int Masked = 2;
    private const int AsProbabilities = 3;

    private readonly OnnxValue<T> _q;
    private readonly OnnxValue<T> _k;
    private readonly AttentionMask _mask;
    private readonly T _scale;
    private readonly T _cap;
    private readonly long _mode;
    private readonly OnnxElementType _precision;
    private readonly T[] _scores;
    private readonly double[] _addends;
    private readonly T[]? _shown;

    /// <summary>Prepares the scores of a call.</summary>
    public AttentionScores(OperatorCall call, OnnxValue<T> q, OnnxValue<T> k, AttentionMask mask)
    {
        _q = q;
        _k = k;
        _mask = mask;
        _scale = T.CreateTruncating(call.Attributes.Has("scale") ? call.Attributes.Float("scale", 1) : 1 / double.Sqrt(q.Sizes[3]));
        _cap = T.CreateTruncating(call.Attributes.Float("softcap", 0));
        _mode = call.Attributes.Int("qk_matmul_output_mode", Raw);
        _precision = (OnnxElementType)call.Attributes.Int("softmax_precision", 0);
        _scores = new T[Dimensions.Count([q.Sizes[2], k.Sizes[2]])];
        _addends = new double[k.Sizes[2]];
        _shown = call.Wants(3) ? new T[Dimensions.Count([q.Sizes[0], q.Sizes[1], q.Sizes[2], k.Sizes[2]])] : null;
    }

    /// <summary>The scores of all heads as the call wants to see them; null when it does not.</summary>
    public OnnxValue? Shown => _shown is null ? null : new OnnxValue<T>([_q.Sizes[0], _q.Sizes[1], _q.Sizes[2], _k.Sizes[2]], _shown);

    /// <summary>The probabilities of one head, [queries, keys]; valid until the next call.</summary>
    [MethodImpl(Jit.Kernel)]
    public ReadOnlySpan<T> Probabilities(int head)
    {
        int queries = _q.Sizes[2], keys = _k.Sizes[2], size = _q.Sizes[3], keyHead = head / (_q.Sizes[1] / _k.Sizes[1]);
        MatrixProduct.Multiply<T>(
            false, true, queries, keys, size, _q.Data.AsSpan(head * queries * size, queries * size), size, _k.Data.AsSpan(keyHead * keys * size, keys * size), size, _scores, keys);
        foreach (ref T score in _scores.AsSpan())
            score *= _scale;
        Show(head, Raw);
        if (_cap > T.Zero)
        {
            foreach (ref T score in _scores.AsSpan())
                score = _cap * T.Tanh(score / _cap);
        }

        Show(head, Bounded);
        for (int query = 0; query < queries && !_mask.IsOpen; query++)
        {
            _mask.Write(head, query, _addends);
            Span<T> row = _scores.AsSpan(query * keys, keys);
            for (int key = 0; key < row.Length; key++)
                row[key] += T.CreateTruncating(_addends[key]);
        }

        Show(head, Masked);
        for (int query = 0; query < queries; query++)
            Normalize(_scores.AsSpan(query * keys, keys));
        Show(head, AsProbabilities);
        return _scores;
    }

    private void Normalize(Span<T> row)
    {
        if (!row.ContainsAnyExcept(T.NegativeInfinity))
            row.Clear();
        else if (_precision == OnnxElementType.Double && typeof(T) == typeof(float))
            NormalizeInDouble(row);
        else
            Softmax.Apply(row);
    }

    private static void NormalizeInDouble(Span<T> row)
    {
        double[] wide = new double[row.Length];
        for (int i = 0; i < wide.Length; i++)
            wide[i] = double.CreateTruncating(row[i]);
        Softmax.Apply<double>(wide);
        for (int i = 0; i < wide.Length; i++)
            row[i] = T.CreateTruncating(wide[i]);
    }

    private void Show(int head, int stage)
    {
        if (_mode == stage && _shown is not null)
            _scores.CopyTo(_shown, head * _scores.Length);
    }
}
