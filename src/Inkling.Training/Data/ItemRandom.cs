using Inkling.Numerics;

namespace Inkling.Training.Data;

/// <summary>
/// Random numbers for one item in one epoch: the same for the same seed, epoch, item and augmentation, in whatever batch the item is and
/// whoever reads it.
/// </summary>
public struct ItemRandom
{
    private readonly ulong _seed;
    private readonly ulong _stream;
    private ulong _counter;

    internal ItemRandom(ulong seed, long epoch, int item, Augmentation how)
    {
        _seed = seed;
        _stream = Shuffle.Stream(Shuffle.Stream(Shuffle.ItemStream + how.Stream, epoch), item);
    }

    /// <summary>A number in [0, 1), uniform.</summary>
    public float Uniform() => CounterRandom.Uniform(_seed, _stream, _counter++);

    /// <summary>A whole number in 0 … <paramref name="bound"/> − 1, uniform.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is less than 1.</exception>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return (int)Math.BigMul(CounterRandom.Bits(_seed, _stream, _counter++), (ulong)bound, out _);
    }

    /// <summary>A number of the standard normal distribution (Box, Muller 1958).</summary>
    public float Gaussian()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - (double)Uniform())), angle = 2 * Math.PI * Uniform();
        return (float)(radius * Math.Cos(angle));
    }
}
