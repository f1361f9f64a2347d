namespace Inkling.Nn;

/// <summary>Summaries of models.</summary>
public static class SummaryExtensions
{
    /// <summary>What a model does with an input of zeros of the given shape.</summary>
    /// <param name="layer">The model, the outermost module, built.</param>
    /// <param name="input">The shape of a batch, such as <c>[64, 784]</c>.</param>
    public static ModelSummary Summary<TLayer>(this TLayer layer, Shape input)
        where TLayer : Module, ILayer
        => ModelSummary.Of(layer.Parameters, tape => layer.Forward(tape.Input(input)));

    /// <summary>What a model does, for models whose forward pass takes more than one tensor.</summary>
    /// <param name="module">The outermost module, built.</param>
    /// <param name="forward">Makes inputs on the tape and runs the model.</param>
    public static ModelSummary Summary(this Module module, Action<Tape> forward) => ModelSummary.Of(module.Parameters, forward);
}
