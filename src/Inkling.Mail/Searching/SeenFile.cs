using System.Runtime.InteropServices;

namespace Inkling.Mail;

/// <summary>A file as it was when it was read.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Ticks">When it was last written, in UTC; 0 if it must be read again whatever that says.</param>
/// <param name="Mails">The mails in it.</param>
internal sealed record SeenFile(long Length, long Ticks, SeenMail[] Mails);

/// <summary>A mail in a file.</summary>
/// <param name="Hash">Of its bytes there.</param>
/// <param name="Id">The print of its id.</param>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal readonly record struct SeenMail(UInt128 Hash, ulong Id);
