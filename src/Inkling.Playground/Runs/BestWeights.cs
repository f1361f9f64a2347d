namespace Inkling.Playground;

/// <summary>Early stopping: the weights of the lowest test loss so far, and how long that is ago (Prechelt 1998).</summary>
internal sealed class BestWeights(ParameterSet parameters)
{
    private readonly float[] _values = new float[parameters.Values.Length];
    private float _loss = float.PositiveInfinity;
    private int _waited;

    /// <summary>The epoch of the lowest test loss.</summary>
    public double Epoch { get; private set; }

    /// <summary>Looks at the test loss after an epoch.</summary>
    /// <returns>Whether none of the last epochs was better than the best.</returns>
    public bool Look(float loss, double epoch, int patience)
    {
        if (loss < _loss)
        {
            (_loss, _waited, Epoch) = (loss, 0, epoch);
            parameters.Values.CopyTo(_values);
            return false;
        }

        return ++_waited >= patience;
    }

    /// <summary>Begins to watch anew.</summary>
    public void Forget() => (_loss, _waited) = (float.PositiveInfinity, 0);

    /// <summary>Puts the best weights back and begins to wait anew.</summary>
    public void Restore()
    {
        _values.CopyTo(parameters.Values);
        _waited = 0;
    }
}
