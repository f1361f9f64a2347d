using CsCheck;

namespace Inkling.Mail.Tests;

public sealed class MailCleanerTests
{
    [Fact]
    public void Gmail_reply_above_the_quote() => Check(
        """
        Hi Ann,

        Tuesday works for me.

        Bob

        On Mon, Mar 2, 2020 at 9:15 AM Ann Miller <ann@example.com>
        wrote:

        > Hi Bob,
        >
        > shall we meet on Tuesday?
        >
        > Ann
        """,
        "Hi Ann,\n\nTuesday works for me.\n\nBob",
        "Hi Bob,\n\nshall we meet on Tuesday?\n\nAnn");

    [Fact]
    public void Outlook_reply_above_the_message() => Check(
        """
        Thanks, I will have a look.

        Bob

        -----Original Message-----
        From: Miller, Ann [mailto:ann@example.com]
        Sent: Monday, March 02, 2020 9:15 AM
        To: Smith, Bob
        Cc: Jones, Cy; Brown, Dee
        Subject: The draft

        Bob,

        here is the draft.

        Ann
        """,
        "Thanks, I will have a look.\n\nBob",
        "Bob,\n\nhere is the draft.\n\nAnn");

    [Fact]
    public void New_Outlook_with_a_rule_and_a_heading() => Check(
        """
        Good idea.

        ________________________________
        Von: Anna Müller <anna@example.com>
        Gesendet: Montag, 2. März 2020 09:15
        An: Bernd Schmidt
        Betreff: Ausflug

        Wollen wir an den See fahren?
        """,
        "Good idea.",
        "Wollen wir an den See fahren?");

    [Fact]
    public void Apple_Mail_with_signature_and_device_note() => Check(
        """
        See you there!

        Sent from my iPhone

        > On 2 Mar 2020, at 09:15, Ann Miller <ann@example.com> wrote:
        > 
        > Dinner at seven?
        """,
        "See you there!",
        "Dinner at seven?");

    [Fact]
    public void German_attribution() => Check(
        """
        Gerne, bis morgen!

        Viele Grüße
        Bernd

        Am 02.03.20 um 09:15 schrieb Anna Müller:
        > Hast du morgen Zeit?
        """,
        "Gerne, bis morgen!\n\nViele Grüße\nBernd",
        "Hast du morgen Zeit?");

    [Fact]
    public void French_attribution() => Check(
        """
        Avec plaisir.

        Le lun. 2 mars 2020 à 09:15, Anne Martin <anne@example.com> a
        écrit :

        > Tu viens dimanche ?
        """,
        "Avec plaisir.",
        "Tu viens dimanche ?");

    [Theory]
    [InlineData("El lun, 2 mar 2020 a las 9:15, Ana (<ana@example.com>) escribió:")]
    [InlineData("Il giorno lun 2 mar 2020 alle ore 09:15 Anna <anna@example.com> ha scritto:")]
    [InlineData("Op ma 2 mrt. 2020 om 09:15 schreef Anna <anna@example.com>:")]
    [InlineData("Em seg., 2 de mar. de 2020 às 09:15, Ana <ana@example.com> escreveu:")]
    [InlineData("Den mån 2 mars 2020 kl 09:15 skrev Anna <anna@example.com>:")]
    [InlineData("Ann Miller writes:")]
    [InlineData("In message <123@example.com>, Ann Miller wrote:")]
    public void Attributions_in_other_forms(string attribution) => Check($"Yes.\n\n{attribution}\n> Really?", "Yes.", "Really?");

    [Fact]
    public void Inline_answers_stay() => Check(
        """
        On Monday, Ann wrote:
        > Shall we meet?

        Yes, please.

        > At your place?
        > Or mine?

        At mine.
        """,
        "Yes, please.\n\nAt mine.",
        "Shall we meet?\nAt your place?\nOr mine?");

    [Fact]
    public void Bottom_posting_with_nested_quotes() => Check(
        """
        Ann Miller wrote:
        > Bob Smith wrote:
        > > Who brings the cake?
        >
        > I do.

        Wonderful, thank you!
        """,
        "Wonderful, thank you!",
        "I do.");

    [Fact]
    public void A_bare_forward_has_no_own_words() => Check(
        """
        ---------- Forwarded message ---------
        From: Ann Miller <ann@example.com>
        Date: Mon, Mar 2, 2020 at 9:15 AM
        Subject: News
        To: Bob Smith <bob@example.com>

        The shop is open again.
        """,
        "",
        "The shop is open again.");

    [Fact]
    public void Lotus_Notes_heading() => Check(
        """
        Looks fine to me.


        Ann Miller@EXAMPLE
        03/02/2020 09:15 AM
        To: Bob Smith/LON/EXAMPLE@EXAMPLE
        cc: Cy Jones/LON/EXAMPLE@EXAMPLE
        Subject: Plan

        What do you think of the plan?
        """,
        "Looks fine to me.",
        "What do you think of the plan?");

    [Fact]
    public void Lotus_Notes_heading_with_gaps() => Check(
        "Looks fine.\n\nFrom:  Ann Miller @ EXAMPLE\n        03/02/2020 09:15 AM\n\t\n\n\n\t\t To: Bob Smith/LON/EXAMPLE@EXAMPLE\n\t\t cc: \n\t\t Subject: Plan\n\nAnd the plan?",
        "Looks fine.",
        "And the plan?");

    [Theory]
    [InlineData("Begin forwarded message:")]
    [InlineData("-------- Weitergeleitete Nachricht --------")]
    [InlineData("-------- Message transféré --------")]
    [InlineData("-----Ursprüngliche Nachricht-----")]
    [InlineData("---------------------- Forwarded by Ann Miller/LON on 03/02/2020 09:15 AM ---------------------------")]
    public void Markers_of_other_messages(string marker) => Check($"Please read.\n\n{marker}\n\nFrom: Ann\nSubject: Old news\n\nThe old news.", "Please read.", "The old news.");

    [Theory]
    [InlineData("Thanks.\n\n-- \nBob Smith\nExample Ltd\nwww.example.com", "Thanks.")]
    [InlineData("Thanks,\nBob\n\nBob Smith\nHead of Gardens\nExample Ltd\nTel: 020 7946 0000", "Thanks,\nBob")]
    [InlineData("It is done.\n\nBob Smith\nHead of Gardens\n(555) 555-0100\nbob@example.com", "It is done.\n\nBob Smith")]
    [InlineData("Call me.\n\nBob\nx1234", "Call me.\n\nBob")]
    [InlineData("My number is 555-0100.", "My number is 555-0100.")]
    [InlineData("What is your phone number?", "What is your phone number?")]
    [InlineData("Best regards\n\nBob", "Best regards\n\nBob")]
    public void Signatures_go_and_names_stay(string text, string own) => Check(text, own, "");

    [Fact]
    public void Disclaimers_go() => Check(
        """
        I agree.

        Bob

        This e-mail is confidential and may be privileged. If you are not the intended
        recipient, please notify the sender and delete it. Any disclosure is prohibited.
        """,
        "I agree.\n\nBob",
        "");

    [Fact]
    public void Tables_drawings_and_attachment_marks_go() => Check(
        """
        Here are the figures:

        Month     Apples    Pears
        January       10       12
        February      11       14

        <<figures.xls>>
        =======================

        Tell me what you think.  I like them.
        """,
        "Here are the figures:\n\nMonth     Apples    Pears\n\nTell me what you think.  I like them.",
        "");

    [Fact]
    public void List_footers_go() => Check(
        "Try the other switch.\n\n_______________________________________________\nGarden mailing list\nhttp://lists.example.org/garden",
        "Try the other switch.",
        "");

    [Fact]
    public void Data_sets_keep_answers_below_an_attribution()
    {
        const string Text = "First.\n\nOn Mon, 2 Mar 2020, Ann wrote:\n\nI think so too.";
        Assert.Equal("First.\n\nI think so too.", MailCleaner.Split(Text, quotesParted: true).Own);
        Assert.Equal("First.", MailCleaner.Split(Text).Own);
    }

    [Theory]
    [InlineData("> From: Ann\n> To: Bob\n> Subject: Tea\n>\n> Tea at five?", "Tea at five?")]
    [InlineData("03/02/2020 09:15 AM\n To: bob@example.com\n cc: \n Subject: Tea\n\nTea at five?", "Tea at five?")]
    [InlineData("Tea at five?", "Tea at five?")]
    [InlineData("Please come to the meeting, on Tuesday,\nin the garden.\n\nDate: Tuesday\nTime: at five", "Please come to the meeting, on Tuesday,\nin the garden.\n\nDate: Tuesday\nTime: at five")]
    [InlineData("Miller/LON/EXAMPLE@EXAMPLE, Bob Smith/LON/EXAMPLE@EXAMPLE\nSubject: Tea\n\nTea at five?", "Tea at five?")]
    [InlineData("", "")]
    [InlineData("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32", "")]
    public void Previous_messages_lose_their_heading(string quoted, string expected) => Assert.Equal(expected, MailCleaner.CleanPrevious(quoted));

    [Fact]
    public void Previous_messages_are_bounded()
    {
        string result = MailCleaner.CleanPrevious(string.Concat(Enumerable.Repeat("A few words more. ", 1000)));
        Assert.InRange(result.Length, 1000, 1500);
    }

    [Fact]
    public void Any_text_can_be_cleaned() => Gen.OneOf(Gen.String, Lines).Sample(text =>
    {
        var (own, previous) = MailCleaner.Split(text);
        return own == own.Trim() && previous.Length <= 1500;
    });

    private static readonly string[] Parts =
    [
        "> ", ">", "From: a", "To: b", "Subject: c", "On Monday 2 March, x wrote:", "wrote:", "-- ", "-----Original Message-----", "____________", "word word word word",
        "x1234", "Thanks,", "Bob", "1  2  3", "a | b | c", "", "-----BEGIN PGP SIGNED MESSAGE-----", "-----BEGIN PGP SIGNATURE-----", "03/02/2020 09:15 AM", "confidential privileged disclosure",
    ];

    private static Gen<string> Lines => Gen.Int[0, Parts.Length - 1].Array[0, 25].Select(indices => string.Join('\n', indices.Select(index => Parts[index])));

    private static void Check(string body, string own, string previous) => Assert.Equal((own, previous), MailCleaner.Split(body));
}
