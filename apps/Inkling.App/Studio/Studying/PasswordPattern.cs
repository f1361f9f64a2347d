using System.Text.RegularExpressions;

namespace Inkling.App.Studio.Studying;

/// <summary>Finds the password of an address.</summary>
internal static partial class PasswordPattern
{
    /// <summary>The address with dots for the password.</summary>
    public static string Hide(string address) => Pattern().Replace(address, "$1:…@");

    [GeneratedRegex("(//[^:@/]*):[^@]*@")]
    private static partial Regex Pattern();
}
