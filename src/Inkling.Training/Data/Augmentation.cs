namespace Inkling.Training.Data;

/// <summary>Changes items a little each time they are read, so that a network sees more of them than there are. Derive to add one.</summary>
public abstract class Augmentation
{
    /// <summary>The field it changes, of real numbers; null, the default, for the first.</summary>
    public string? Field { get; init; }

    /// <summary>Tells the random numbers of augmentations of one loader apart; give two of a kind different ones. Default: 0.</summary>
    public ulong Stream { get; init; }

    /// <summary>Changes one item in place.</summary>
    /// <param name="values">Its values, row-major. May be called from the thread that reads ahead.</param>
    /// <param name="shape">The sizes of its axes; of a sequence, those of one element.</param>
    /// <param name="random">Draw from this only, so that an epoch can be repeated.</param>
    public abstract void Apply(Span<float> values, Shape shape, ItemRandom random);
}
