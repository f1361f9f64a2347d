using Inkling.Onnx.Evaluation;

namespace Inkling.Onnx.Operators;

/// <summary>
/// Runs <c>body</c> (number of the run, condition, carried values → condition, carried values, gathered values) as often as input 0 says and as
/// long as the condition holds. The outputs are the carried values at the end and the gathered ones of all runs along a new first axis.
/// </summary>
internal sealed class Loop : Operator
{
    private const int FirstCarried = 2;

    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        Subgraph body = call.Graph("body");
        long most = call.Optional(0) is null ? long.MaxValue : call.Integer(0);
        bool goOn = call.Optional<bool>(1) is not { } condition || condition.Data[0];
        int carried = call.Inputs.Length - FirstCarried, gathered = body.OutputCount - 1 - carried;
        if (carried < 0 || gathered < 0)
            throw new OnnxException($"the body gives {body.OutputCount} values where {int.Max(carried, 0)} are carried");
        OnnxValue?[] state = new OnnxValue?[FirstCarried + carried];
        for (int i = 0; i < carried; i++)
            state[FirstCarried + i] = call.Input(FirstCarried + i);
        List<OnnxValue>[] gatheredValues = [.. Enumerable.Range(0, gathered).Select(_ => new List<OnnxValue>())];
        for (long number = 0; number < most && goOn; number++)
        {
            state[0] = OnnxValue.Scalar(number);
            state[1] = OnnxValue.Scalar(true);
            OnnxValue[] results = body.Run(state);
            goOn = results[0].As<bool>().Data[0];
            results.AsSpan(1, carried).CopyTo(state.AsSpan(FirstCarried)!);
            for (int i = 0; i < gathered; i++)
                gatheredValues[i].Add(results[1 + carried + i]);
        }

        return
        [
            .. state.AsSpan(FirstCarried),
            .. gatheredValues.Select((values, i) => values.Count == 0 ? body.Nothing(1 + carried + i) : Stack.Along(0, values)),
        ];
    }
}
