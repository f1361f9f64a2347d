namespace Inkling.App.Running;

/// <summary>What an exception says, for people.</summary>
internal static class PlainMessage
{
    /// <summary>Its message without the name of a parameter, which says nothing to who did not write the call.</summary>
    public static string Of(Exception problem) => problem is ArgumentException { ParamName: { Length: > 0 } name }
        ? problem.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
        : problem.Message;
}
