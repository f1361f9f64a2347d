using Microsoft.ML.OnnxRuntime;

namespace Inkling.Onnx.Tests.Export;

/// <summary>A model in ONNX Runtime, the outside judge of exported files; where its library cannot be loaded, tests are skipped.</summary>
internal sealed class OnnxRuntimeSession : IDisposable
{
    private static readonly Lazy<string?> s_missing = new(() =>
    {
        try
        {
            return OrtEnv.Instance().GetVersionString().Length > 0 ? null : "ONNX Runtime has no version";
        }
        catch (Exception error) when (error is DllNotFoundException or TypeInitializationException or BadImageFormatException or EntryPointNotFoundException)
        {
            return $"ONNX Runtime cannot be loaded here: {error.Message}";
        }
    });

    private readonly InferenceSession _session;

    public OnnxRuntimeSession(byte[] model)
    {
        Assert.SkipWhen(s_missing.Value is not null, s_missing.Value ?? "");
        using SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new InferenceSession(model, options);
    }

    public IReadOnlyDictionary<string, OnnxValue> Run(IReadOnlyDictionary<string, OnnxValue> inputs)
    {
        using RunOptions run = new();
        string[] names = [.. inputs.Keys.Where(_session.InputNames.Contains)];
        OrtValue[] given = [.. names.Select(name => Make(inputs[name]))];
        Dictionary<string, OnnxValue> results = [];
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(run, names, given, _session.OutputNames);
        for (int i = 0; i < outputs.Count; i++)
        {
            int[] shape = [.. outputs[i].GetTensorTypeAndShape().Shape.Select(size => (int)size)];
            results[_session.OutputNames[i]] = OnnxValue.Create(shape, outputs[i].GetTensorDataAsSpan<float>().ToArray());
        }

        foreach (OrtValue value in given) value.Dispose();
        return results;
    }

    public void Dispose() => _session.Dispose();

    private static OrtValue Make(OnnxValue value)
    {
        long[] shape = [.. value.Shape.ToArray().Select(size => (long)size)];
        return value.Type == OnnxElementType.Int64
            ? OrtValue.CreateTensorValueFromMemory(value.Values<long>().ToArray(), shape)
            : OrtValue.CreateTensorValueFromMemory(value.Values<float>().ToArray(), shape);
    }
}
