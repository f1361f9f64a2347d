namespace Inkling.Language;

/// <summary>Where an <see cref="NGramModel"/> stands: for each length of context, the place of its last tokens in the model, if they are in it.</summary>
internal sealed class NGramState(NGramModel model) : PredictorState
{
    /// <summary>[order − 1] Entry k: the n-gram of the last k + 1 tokens, at level k, or −1.</summary>
    public readonly int[] Nodes = CreateNodes(model.Order - 1);

    public NGramModel Model => model;

    /// <inheritdoc/>
    public override void Reset() => Array.Fill(Nodes, -1);

    /// <inheritdoc/>
    public override void CopyFrom(PredictorState other)
    {
        if (other is not NGramState state || state.Model != model)
            throw new ArgumentException("NGramModel: the state to copy was made by another predictor. Copy between states of one predictor.", nameof(other));
        state.Nodes.CopyTo(Nodes, 0);
    }

    private static int[] CreateNodes(int count)
    {
        var nodes = new int[count];
        Array.Fill(nodes, -1);
        return nodes;
    }
}
