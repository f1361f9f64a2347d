namespace Inkling.App.Running;

/// <summary>Files and folders with mail, as given on the command line.</summary>
internal static class MailPaths
{
    /// <summary>Checks that all are there, before any is read: a typing mistake in the third should not cost the reading of the first two.</summary>
    /// <param name="option">The option, for the message.</param>
    /// <param name="paths">What was given.</param>
    /// <exception cref="FailureException">One is not there.</exception>
    public static string[] Existing(string option, string[] paths)
    {
        foreach (string path in paths)
        {
            if (!File.Exists(path) && !Directory.Exists(path))
            {
                throw new FailureException($"{option} {path}: there is no such file or folder");
            }
        }

        return paths;
    }
}
