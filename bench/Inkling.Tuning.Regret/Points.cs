using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Inkling.Tuning.Regret;

/// <summary>Values of the problems at random places, for definitions in other languages to be compared with.</summary>
internal static class Points
{
    /// <summary>Prints a line of JSON for every place: the function, its parameters and its value without noise.</summary>
    public static void Print(Problem problem, int count)
    {
        using Study study = Study.InMemory(seed: 1, options: new StudyOptions { Sampler = new RandomSampler() });
        for (int i = 0; i < count; i++)
        {
            Trial trial = study.Ask();
            double value = problem.Evaluate(trial);
            var parameters = new JsonObject();
            foreach ((string name, ParameterValue parameter) in trial.Record.Parameters)
                parameters.Add(name, Json(parameter));
            Console.WriteLine(new JsonObject { ["function"] = problem.Name, ["parameters"] = parameters, ["value"] = value }.ToJsonString());
            study.Tell(trial, value);
        }
    }

    // Choices that are numbers or truth values are written as such.
    private static JsonNode Json(ParameterValue parameter)
    {
        string text = parameter.Distribution.Text(parameter.Value);
        if (bool.TryParse(text, out bool truth)) return truth;
        return double.TryParse(text, CultureInfo.InvariantCulture, out double number) ? Math.Abs(number) < 1e9 && number == Math.Floor(number) ? (long)number : number : text;
    }
}
