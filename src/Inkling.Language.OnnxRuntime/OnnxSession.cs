using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Inkling.Language;

/// <summary>A transformer in ONNX Runtime: pieces of texts in, vectors of pieces, or of texts, out.</summary>
internal sealed class OnnxSession : IDisposable
{
    private const string Pieces = "input_ids", Mask = "attention_mask", Types = "token_type_ids", Positions = "position_ids";

    // Freed while it runs, a session takes the process down.
    private readonly ReaderWriterLockSlim _use = new(LockRecursionPolicy.NoRecursion);
    private readonly InferenceSession _session;
    private readonly string _file;
    private readonly string[] _inputs;
    private readonly string[] _output;
    private bool _disposed;

    /// <summary>Opens a model.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or it is no transformer whose inputs are known.</exception>
    public OnnxSession(string file)
    {
        _file = file;
        try
        {
            // Texts differ in length, so memory does not follow a pattern.
            using SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1, EnableMemoryPattern = false, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            _session = new InferenceSession(file, options);
        }
        catch (OnnxRuntimeException error)
        {
            throw SentenceFolder.Wrong(file, $"ONNX Runtime cannot open it: {Brief(error)}", error);
        }
        catch (Exception error) when (error is DllNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            throw new InvalidOperationException($"OnnxSentenceEncoder: ONNX Runtime has no library for this system ({error.Message}). Publish the program for one of the systems that the package Microsoft.ML.OnnxRuntime serves.", error);
        }

        try
        {
            _inputs = [.. _session.InputMetadata.Keys];
            CheckInputs();
            (_output, OfPieces) = ChooseOutput();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether vectors come out for pieces, and not for texts.</summary>
    public bool OfPieces { get; }

    /// <summary>How many texts go in together, where the file says so.</summary>
    public int? FixedTexts { get; private set; }

    /// <summary>How many pieces a text has, filled up, where the file says so.</summary>
    public int? FixedPieces { get; private set; }

    /// <summary>Runs the model.</summary>
    /// <param name="texts">The pieces of each text.</param>
    /// <param name="padding">What fills short ones up.</param>
    /// <param name="use">Is given what comes out, <c>[texts, pieces, hidden]</c> or <c>[texts, hidden]</c>, pieces (1 where they are of texts) and hidden.</param>
    /// <param name="cancellation">Ends it early, also within.</param>
    public void Run(ReadOnlySpan<int[]> texts, int padding, Result use, CancellationToken cancellation = default)
    {
        int length = FixedPieces ?? 0;
        foreach (int[] text in texts) length = int.Max(length, text.Length);
        long[] ids = new long[texts.Length * length], mask = new long[ids.Length], positions = new long[ids.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            for (int t = 0; t < length; t++)
            {
                bool real = t < texts[i].Length;
                int at = (i * length) + t;
                (ids[at], mask[at], positions[at]) = (real ? texts[i][t] : padding, real ? 1 : 0, t);
            }
        }

        _use.EnterReadLock();
        OrtValue[] values = [];
        long[] shape = [texts.Length, length];
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(OnnxSentenceEncoder));
            using RunOptions options = new();
            using CancellationTokenRegistration stop = cancellation.Register(() => options.Terminate = true);
            values = [.. _inputs.Select(name => Value(name, name switch { Pieces => ids, Mask => mask, Positions => positions, _ => new long[ids.Length] }, shape))];
            using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(options, _inputs, values, _output);
            Take(results[0], texts.Length, length, use);
        }
        catch (OnnxRuntimeException error)
        {
            cancellation.ThrowIfCancellationRequested();
            throw SentenceFolder.Wrong(_file, $"the model does not run on texts of this vocabulary: {Brief(error)}", error);
        }
        finally
        {
            foreach (OrtValue value in values) value.Dispose();
            _use.ExitReadLock();
        }
    }

    /// <summary>What is done with what came out.</summary>
    public delegate void Result(ReadOnlySpan<float> values, int pieces, int hidden);

    /// <summary>Waits for runs to end, then frees the model.</summary>
    public void Dispose()
    {
        _use.EnterWriteLock();
        try
        {
            if (_disposed) return;
            _disposed = true;
            _session.Dispose();
        }
        finally
        {
            _use.ExitWriteLock();
        }
    }

    private OrtValue Value(string name, long[] values, long[] shape) => _session.InputMetadata[name].ElementDataType == TensorElementType.Int32
        ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, value => (int)value), shape)
        : OrtValue.CreateTensorValueFromMemory(values, shape);

    private void Take(OrtValue result, int texts, int length, Result use)
    {
        long[] shape = result.GetTensorTypeAndShape().Shape;
        int hidden = shape.Length == 0 ? 0 : (int)shape[^1], pieces = OfPieces ? length : 1;
        if (shape.Length != (OfPieces ? 3 : 2) || shape[0] != texts || (OfPieces && shape[1] != length) || hidden < 1)
            throw SentenceFolder.Wrong(_file, $"for {texts} texts of {length} pieces, {_output[0]} has the shape [{string.Join(", ", shape)}]");
        if (result.GetTensorTypeAndShape().ElementDataType == TensorElementType.Float16)
            use(Array.ConvertAll(MemoryMarshal.Cast<Float16, Half>(result.GetTensorDataAsSpan<Float16>()).ToArray(), half => (float)half), pieces, hidden);
        else use(result.GetTensorDataAsSpan<float>(), pieces, hidden);
    }

    private void CheckInputs()
    {
        foreach ((string name, NodeMetadata input) in _session.InputMetadata)
        {
            if (name is not (Pieces or Mask or Types or Positions))
                throw SentenceFolder.Wrong(_file, $"the model wants the input {name}, which is not known; {Pieces}, {Mask}, {Types} and {Positions} are", remedy: "Export it for feature extraction.");
            if (!input.IsTensor || input.ElementDataType is not (TensorElementType.Int64 or TensorElementType.Int32) || input.Dimensions.Length != 2)
                throw SentenceFolder.Wrong(_file, $"the input {name} is {input.ElementDataType} of rank {input.Dimensions.Length}, where whole numbers [texts, pieces] are known", remedy: "Export it for feature extraction.");
        }

        if (!_inputs.Contains(Pieces)) throw SentenceFolder.Wrong(_file, $"the model has no input {Pieces}, only {string.Join(", ", _inputs)}", remedy: "Export it for feature extraction.");
        int[] sizes = _session.InputMetadata[Pieces].Dimensions;
        if (sizes[0] > 1) throw SentenceFolder.Wrong(_file, $"the model reads {sizes[0]} texts at a time, no fewer", remedy: "Export it with any number of texts, or one.");
        FixedTexts = sizes[0] > 0 ? sizes[0] : null;
        FixedPieces = sizes[1] > 0 ? sizes[1] : null;
    }

    // What is a sentence's comes first, then what pieces are known by.
    private (string[] Name, bool OfPieces) ChooseOutput()
    {
        (string Name, int Rank)[] outputs = [.. _session.OutputMetadata.Where(one => one.Value.IsTensor && one.Value.ElementDataType is TensorElementType.Float or TensorElementType.Float16).Select(one => (one.Key, one.Value.Dimensions.Length))];
        foreach ((string name, int rank) in (ReadOnlySpan<(string, int)>)[("sentence_embedding", 2), ("last_hidden_state", 3), ("token_embeddings", 3)])
        {
            if (outputs.Contains((name, rank))) return ([name], rank == 3);
        }

        foreach (int rank in (ReadOnlySpan<int>)[3, 2])
        {
            if (Array.Find(outputs, one => one.Rank == rank) is { Name: { } name }) return ([name], rank == 3);
        }

        throw SentenceFolder.Wrong(_file, $"no output has vectors of pieces [texts, pieces, hidden] or of texts [texts, hidden]; there are {string.Join(", ", _session.OutputMetadata.Keys)}", remedy: "Export it for feature extraction.");
    }

    private static string Brief(OnnxRuntimeException error) => error.Message.ReplaceLineEndings(" ") is { Length: > 300 } much ? much[..300] + " …" : error.Message.ReplaceLineEndings(" ");
}
