using Inkling.App.Running;
using Inkling.App.Tuning;

namespace Inkling.App.Tests.Tuning;

public sealed class CommandTemplateTests
{
    [Theory]
    [InlineData("train.sh --lr {lr}", "train.sh|--lr|0.1")]
    [InlineData("  a\t{lr}x{lr}  ", "a|0.1x0.1")]
    [InlineData("a 'b {lr} c' \"d \\\" e\" f\\ g ''", "a|b 0.1 c|d \" e|f g|")]
    [InlineData("a '\\n' \"\\n\" {{lr}}", "a|\\n|\\n|{lr}")]
    [InlineData("a \"\\$b \\`c \\d\" \\$e '\\$f'", "a|$b `c \\d|$e|\\$f")]
    [InlineData("a \\\n  --lr {lr} \"b\\\nc\" 'd\\\ne'", "a|--lr|0.1|bc|d\\\ne")]
    [InlineData("a {opt}", "a|x; rm 'y'")]
    public void A_command_is_parted_as_a_shell_does_and_values_stay_in_their_word(string command, string words)
    {
        var values = new Dictionary<string, string> { ["lr"] = "0.1", ["opt"] = "x; rm 'y'" };
        Assert.Equal(words.Split('|'), CommandTemplate.Parse(command).Fill(name => values[name]));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("a 'b", "quote")]
    [InlineData("a {lr", "brace")]
    public void A_command_that_cannot_be_read_is_wrong_usage(string command, string named)
    {
        FailureException wrong = Assert.Throws<FailureException>(() => CommandTemplate.Parse(command));
        Assert.Equal(ExitCode.Usage, wrong.ExitCode);
        Assert.Contains(named, wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.1", "0.1")]
    [InlineData("it's; rm x", "'it'\\''s; rm x'")]
    [InlineData("", "''")]
    public void A_value_is_quoted_for_a_shell(string value, string quoted) => Assert.Equal($"train.sh --opt {quoted}", CommandTemplate.Parse("train.sh --opt '{opt}'").Line(_ => value));
}
