using Inkling.Numerics;

namespace Inkling;

public sealed partial class ParameterSet
{
    private readonly List<(Parameter Buffer, real Share)> _deferred = [];
    private real[] _deferredValues = [];
    private int _deferredLength;

    /// <summary>
    /// Moves a buffer towards values, <c>buffer ← (1 − share) · buffer + share · scale · values</c>, when the step is done: after the optimizer's update, or at the next
    /// <see cref="Tape.Begin"/>. A step that is given up because its loss is not finite thus leaves the buffer as it was.
    /// </summary>
    internal void Defer(Parameter buffer, ReadOnlySpan<real> values, real share, real scale)
    {
        lock (_deferred)
        {
            if (_deferredLength + values.Length > _deferredValues.Length) Array.Resize(ref _deferredValues, Math.Max(2 * _deferredValues.Length, _deferredLength + values.Length));
            Elementwise.AddScaled(values, share * scale, _deferredValues.AsSpan(_deferredLength, values.Length), accumulate: false);
            _deferred.Add((buffer, share));
            _deferredLength += values.Length;
        }
    }

    /// <summary>Does what was deferred.</summary>
    internal void ApplyDeferred()
    {
        if (_deferred.Count == 0) return;
        lock (_deferred)
        {
            int at = 0;
            foreach ((Parameter buffer, real share) in _deferred)
            {
                Span<real> kept = buffer.Values;
                Elementwise.Scale(kept, 1 - share);
                Elementwise.Add(_deferredValues.AsSpan(at, kept.Length), kept);
                at += kept.Length;
            }

            _deferred.Clear();
            _deferredLength = 0;
        }
    }
}
