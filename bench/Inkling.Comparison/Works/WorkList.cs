using Inkling.Language;
using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>The works, each made for a team of threads.</summary>
internal static class WorkList
{
    public const string LstmTraining = "lstm-train", GruTraining = "gru-train", RnnTraining = "rnn-train", GptTraining = "gpt-train", MlpTraining = "mlp-train", TinyTraining = "mlp-tiny", Stream = "stream-int8";

    /// <summary>A product of that many rows, columns and summands.</summary>
    public static string Product(int m, int n, int k) => $"sgemm {m} {n} {k}";

    /// <summary>Makes a work by its name.</summary>
    public static Work Start(string name, Team team) => name switch
    {
        LstmTraining => Training(name, new RecurrentTraining.Recipe(RecurrentTraining.Cell.Lstm), team),
        GruTraining => Training(name, new RecurrentTraining.Recipe(RecurrentTraining.Cell.Gru), team),
        RnnTraining => Training(name, new RecurrentTraining.Recipe(RecurrentTraining.Cell.Rnn), team),
        GptTraining => Training(name, new Inkling.Comparison.GptTraining.Recipe(), team),
        MlpTraining => Training(name, ImageTraining.Mlp, team),
        TinyTraining => Training(name, new TinyMlpTraining.Recipe(), team),
        Stream => Streaming(name),
        _ when name.Split(' ') is ["sgemm", string m, string n, string k] => OfProduct(name, new ProductCase(Size(m), Size(n), Size(k)), team),
        _ => throw new ArgumentException($"no work is called {name}"),
    };

    private static Work Training(string name, ITrainingRecipe recipe, Team team)
    {
        ITraining training = recipe.Start(team);
        return new Work(name, recipe.Unit, recipe.UnitsPerStep, training.Step, () => [training.Loss]);
    }

    private static Work OfProduct(string name, ProductCase one, Team team)
    {
        var product = new OurProduct(one, team);
        return new Work(name, "GFLOP/s", one.Work, product.Multiply, () => product.Operands.C.Span.ToArray());
    }

    private static Work Streaming(string name)
    {
        using var model = new StreamModel();
        int[] tokens = model.Tokens;
        var decoder = new LstmDecoder(model.Weights.Quantize());
        PredictorState state = decoder.NewState();
        float[] probabilities = new float[decoder.VocabularySize];
        int turn = 0;
        return new Work(
            name, "steps/s", 1,
            () =>
            {
                decoder.Step(state, tokens[turn++ % tokens.Length]);
                decoder.Predict(state, probabilities);
            },
            () => [.. probabilities]);
    }

    private static int Size(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
