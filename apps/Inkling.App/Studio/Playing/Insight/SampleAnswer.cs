namespace Inkling.App.Studio.Playing;

/// <summary>The arithmetic of a sample.</summary>
/// <param name="At">Its place among the training points.</param>
/// <param name="X">Across.</param>
/// <param name="Y">Up.</param>
/// <param name="Label">What is true of it.</param>
/// <param name="Loss">Its loss.</param>
/// <param name="MapSide">Points along each side of the map behind the message.</param>
/// <param name="Steps">What is computed.</param>
internal sealed record SampleAnswer(int At, double? X, double? Y, double? Label, double? Loss, int MapSide, SampleStepAnswer[] Steps);

/// <summary>A step of it.</summary>
/// <param name="Phase"><c>forward</c>, <c>loss</c>, <c>backward</c> or <c>update</c>.</param>
/// <param name="Title">What is done.</param>
/// <param name="Explains">Why.</param>
/// <param name="Lines">What is computed.</param>
internal sealed record SampleStepAnswer(string Phase, string Title, string Explains, SampleLineAnswer[] Lines);

/// <summary>A line of a step.</summary>
/// <param name="Name">What is computed.</param>
/// <param name="Formula">How.</param>
/// <param name="Numbers">The same with the numbers.</param>
/// <param name="Value">What comes out; null when it is no number.</param>
internal sealed record SampleLineAnswer(string Name, string Formula, string Numbers, double? Value);
