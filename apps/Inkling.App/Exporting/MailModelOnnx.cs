using Inkling.Language;
using Inkling.Mail;
using Inkling.Nn;
using Inkling.Onnx;

namespace Inkling.App.Exporting;

/// <summary>
/// The network of a mail model as an ONNX file: <c>tokens</c> [time, batch] and the states of the layers go in, the logarithms of the probabilities of the next token at each step
/// and the states after the last come out. The states of one call are those of the next, so that a text may be read in pieces.
/// </summary>
internal static class MailModelOnnx
{
    /// <summary>Writes the file.</summary>
    /// <param name="folder">A model folder.</param>
    /// <param name="path">The file to create or replace.</param>
    public static void Save(string folder, string path)
    {
        ModelArchitecture architecture = ModelConfig.Load(folder).Architecture;
        LstmLanguageModel model = new LstmLanguageModel(new LstmLanguageModelConfig
        {
            VocabularySize = architecture.VocabularySize,
            EmbeddingWidth = architecture.EmbeddingWidth,
            HiddenWidth = architecture.HiddenWidth,
            Layers = architecture.Layers,
        }).Build(seed: 0);
        QuantizedWeights.Load(Path.Combine(folder, ModelFolder.Weights), model.Parameters);

        int layers = architecture.Layers;
        List<OnnxInput> inputs = [OnnxInput.Integers("tokens", "time", "batch")];
        inputs.AddRange(Names("hidden", layers).Concat(Names("cell", layers)).Select(name => OnnxInput.Numbers(name, "batch", architecture.HiddenWidth)));
        OnnxExport.Save(path, inputs, run => Forward(model, run), new OnnxExportOptions { Name = "mail" });
    }

    private static void Forward(LstmLanguageModel model, OnnxTrace run)
    {
        int layers = model.Config.Layers;
        Tensor[] hidden = [.. Names("hidden", layers).Select(run.Numbers)], cell = [.. Names("cell", layers).Select(run.Numbers)];
        Tensor[] lastHidden = new Tensor[layers], lastCell = new Tensor[layers];
        Tensor features = model.Forward(run.Integers("tokens"), hidden, cell, lastHidden, lastCell);
        run.Output("log_probabilities", features.Affine(model.EmbeddingWeight, model.OutputBias).LogSoftmax());
        foreach ((int layer, string name) in Names("last_hidden", layers).Index()) run.Output(name, lastHidden[layer]);
        foreach ((int layer, string name) in Names("last_cell", layers).Index()) run.Output(name, lastCell[layer]);
    }

    private static IEnumerable<string> Names(string name, int layers) => Enumerable.Range(0, layers).Select(layer => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}_{layer}"));
}
