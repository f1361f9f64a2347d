using System.Globalization;
using System.Text;

namespace Inkling.Mail.Tests.Searching;

/// <summary>A mailbox that nobody ever had, and questions that its owner, Clara Weiss, might ask it.</summary>
internal static class MadeUpMailbox
{
    public const string Me = "clara@weiss.example";

    public static IReadOnlyList<(string Id, string From, string Day, string Subject, string Text)> Mails { get; } =
    [
        ("roof-offer", "Jonas Brandt <jonas@brandt-roofing.example>", "2025-03-03", "Your roof", "Dear Ms Weiss,\n\nthank you for having us round on Friday. Replacing the tiles on the north side would come to 8,400 euros including scaffolding. We could start in the second week of May.\n\nBest regards\nJonas Brandt"),
        ("roof-reply", Me, "2025-03-04", "Re: Your roof", "Dear Mr Brandt,\n\nthat is more than I had hoped. Could you tell me what it would cost if we left the chimney as it is and only did the tiles?\n\nKind regards\nClara Weiss"),
        ("roof-final", "Jonas Brandt <jonas@brandt-roofing.example>", "2025-03-06", "Re: Your roof", "Dear Ms Weiss,\n\nwithout the chimney I can do it for 7,100. The price holds until the end of the month.\n\nJonas Brandt"),
        ("holiday-dates", "Marta Weiss <marta@family.example>", "2025-04-11", "Summer", "Hi Clara,\n\nPeter can only take time off from the 12th to the 26th of July, so let us go to the lake then. The children are already packing. Can you ask whether the cottage is free?\n\nMarta"),
        ("holiday-cottage", "Lakeside Cottages <office@lakeside.example>", "2025-04-15", "Booking confirmation 4471", "Dear guest,\n\nwe confirm cottage number 3 for two weeks, six beds, arrival on Saturday after 3 pm. Dogs are welcome. Please bring your own sheets and towels.\n\nThe Lakeside team"),
        ("holiday-car", Me, "2025-05-02", "Re: Summer", "Hi Marta,\n\nall booked. We will take the train as far as Lindau and hire a car there, it is cheaper than driving all the way and Lena does not get sick on trains.\n\nHugs, Clara"),
        ("printer-deadline", "Anton Keller <anton@kellerprint.example>", "2025-02-18", "Brochure", "Hello Clara,\n\nto have the brochures in time for the fair we need your final files by Tuesday noon at the latest. After that the machine is taken for two weeks.\n\nAnton"),
        ("printer-colours", Me, "2025-02-19", "Re: Brochure", "Hello Anton,\n\nthe blue on the title page came out far too dark in the proof. Can you make it a bit lighter before you print all of them? The files are on the server now.\n\nClara"),
        ("printer-invoice", "Keller Print Accounting <billing@kellerprint.example>", "2025-03-20", "Invoice 2025-118", "Dear Ms Weiss,\n\nplease find attached our invoice for 2,000 brochures. Payment is due within thirty days.\n\nKeller Print"),
        ("doctor-appointment", "Dr. Irene Falk Practice <desk@praxis-falk.example>", "2025-01-14", "Your appointment", "Dear Ms Weiss,\n\nwe would like to remind you of your check-up on Monday at a quarter past nine. Please do not eat breakfast before the blood test.\n\nPractice of Dr. Falk"),
        ("doctor-results", "Dr. Irene Falk Practice <desk@praxis-falk.example>", "2025-01-24", "Laboratory", "Dear Ms Weiss,\n\neverything is fine except that your iron is rather low. Take the tablets for eight weeks and come back for another test.\n\nIrene Falk"),
        ("school-trip", "Ms Okafor <okafor@hillschool.example>", "2025-05-12", "Trip to the museum", "Dear parents,\n\nnext Thursday class 4b will go to the museum of science. We meet at the school gate at half past seven; please give your child a packed lunch and a rain jacket.\n\nAda Okafor"),
        ("school-lena", Me, "2025-05-13", "Re: Trip to the museum", "Dear Ms Okafor,\n\nLena is looking forward to it. She is allergic to nuts, so please see that she does not swap her lunch with anyone.\n\nClara Weiss"),
        ("school-meeting", "Ms Okafor <okafor@hillschool.example>", "2025-06-02", "Parents' evening", "Dear parents,\n\nwe would like to talk about the change to secondary school. Please come to room 12 on the 17th at 7 pm. There will be time for questions.\n\nAda Okafor"),
        ("flat-heating", Me, "2025-11-04", "Heating out of order", "Dear Mr Lorenz,\n\nsince yesterday evening the radiators stay cold and there is no hot water either. Could you please send somebody today? We have small children here.\n\nClara Weiss"),
        ("flat-plumber", "Hausverwaltung Lorenz <lorenz@houses.example>", "2025-11-04", "Re: Heating out of order", "Dear Ms Weiss,\n\nthe plumber will be with you tomorrow between eight and ten. I am sorry for the trouble. The pump in the cellar has to be changed.\n\nH. Lorenz"),
        ("flat-rent", "Hausverwaltung Lorenz <lorenz@houses.example>", "2025-09-01", "New rent from January", "Dear tenants,\n\nas costs have gone up, we must raise the rent by 3.5 percent from the first of January. You have two months to object in writing.\n\nH. Lorenz"),
        ("bank-card", "Savings Bank <service@savings.example>", "2025-08-08", "Your new card", "Dear customer,\n\nyour new debit card has been sent to you by post. For safety the secret number follows in a separate letter. Cut the old card in half when the new one has arrived.\n\nYour bank"),
        ("bank-mortgage", "Felix Sommer <sommer@savings.example>", "2025-02-02", "Loan for the house", "Dear Ms Weiss,\n\nwe can offer you a fixed interest rate of 3.2 percent for ten years. For the contract I still need your last three pay slips.\n\nFelix Sommer"),
        ("bank-slips", Me, "2025-02-05", "Re: Loan for the house", "Dear Mr Sommer,\n\nattached are the pay slips of November, December and January. My husband's will follow at the end of the week.\n\nClara Weiss"),
        ("job-offer", "Helen Marsh <helen@northstar.example>", "2025-06-20", "Good news", "Dear Clara,\n\nI am happy to tell you that we would like to have you on the team. The contract would begin in September, four days a week, two of them from home. Let me know whether you accept by next Friday.\n\nHelen"),
        ("job-accept", Me, "2025-06-25", "Re: Good news", "Dear Helen,\n\nI gladly say yes. Could we begin on the 8th instead of the 1st? My present employer needs me until then.\n\nBest, Clara"),
        ("job-laptop", "Northstar IT <it@northstar.example>", "2025-09-05", "Welcome", "Hello Clara,\n\nyour computer is ready. Pick it up at the desk on the second floor, and bring an identity card. You will choose a password when you log in for the first time.\n\nThe IT team"),
        ("job-resign", Me, "2025-06-27", "Leaving", "Dear Ruth,\n\nI find it hard to write this, but I would like to leave the company at the end of August. I have learnt a lot from you and will of course help whoever comes after me.\n\nClara"),
        ("team-budget", "Ravi Patel <ravi@northstar.example>", "2025-10-01", "Numbers for next year", "Hi all,\n\nwe were asked to cut our spending by ten percent. I suggest we drop the trade show in Lyon and keep the training courses. Please tell me by Wednesday if you see it differently.\n\nRavi"),
        ("team-lyon", Me, "2025-10-02", "Re: Numbers for next year", "Hi Ravi,\n\nI would rather keep Lyon, we found half of our new customers there last year. Why not share a stand with the Dutch colleagues?\n\nClara"),
        ("team-customer", "Sofia Lindgren <sofia@alpha-foods.example>", "2025-10-20", "Late delivery", "Dear Clara,\n\nwe are still waiting for the second half of our order. This is the third time that something has come late, and my manager is thinking of looking for another supplier.\n\nSofia"),
        ("team-apology", Me, "2025-10-20", "Re: Late delivery", "Dear Sofia,\n\nI am very sorry about this. The lorry broke down in Kassel; the pallets will reach you on Thursday morning. We will of course not charge you for the freight.\n\nClara"),
        ("team-party", "Ravi Patel <ravi@northstar.example>", "2025-11-24", "End of year", "Hi everyone,\n\nthis year we will go bowling and then eat at the Greek place around the corner. Keep the evening of December 12th free and tell me if you are a vegetarian.\n\nRavi"),
        ("garden-seeds", "Peter Weiss <peter@family.example>", "2025-03-15", "Garden", "Hi sister,\n\nI have some tomato and courgette plants left over. They are about a hand high and can go out once there is no more frost. Shall I bring them on Sunday?\n\nPeter"),
        ("garden-hedge", "Mr Novak <novak@neighbours.example>", "2025-06-08", "The hedge", "Dear neighbours,\n\nyour bushes have grown so tall that our terrace has no sun any more in the afternoon. Would you be so kind and cut them back before the holidays?\n\nJ. Novak"),
        ("garden-answer", Me, "2025-06-09", "Re: The hedge", "Dear Mr Novak,\n\nwe are not allowed to trim it while the blackbirds are nesting in it. We will do so at the end of August, I promise.\n\nClara Weiss"),
        ("choir-concert", "Agnes Holm <agnes@choir.example>", "2025-09-20", "Christmas concert", "Dear singers,\n\nthe church is ours on December 20th. We will sing the Bach and the three English carols. There will be two additional rehearsals on Saturdays.\n\nAgnes"),
        ("choir-absence", Me, "2025-10-11", "Rehearsal on Saturday", "Dear Agnes,\n\nI have lost my voice completely and will not be able to come to the rehearsal. I hope to be back the week after.\n\nClara"),
        ("choir-dress", "Agnes Holm <agnes@choir.example>", "2025-12-01", "What to wear", "Dear all,\n\nblack from head to toe, please, with a red scarf. I have a few of those to lend. Folders must be black, too.\n\nAgnes"),
        ("car-repair", "Garage Wolff <info@garage-wolff.example>", "2025-07-02", "Your Skoda", "Dear Ms Weiss,\n\nthe brakes at the back are worn and one tyre has a nail in it. With parts and work it would be about 620 euros. Shall we go ahead?\n\nGarage Wolff"),
        ("car-insurance", "Mutual Insurance <claims@mutual.example>", "2025-08-14", "Claim 88-201", "Dear Ms Weiss,\n\nwe have received your report of the accident in the car park. The other driver's insurer accepts the blame, so your damage will be paid in full.\n\nClaims department"),
        ("car-sale", "Nadia Rahman <nadia@mail.example>", "2025-08-30", "Your ad", "Hello,\n\nis the bicycle trailer still to be had? I could come by on Saturday and would pay in cash.\n\nNadia Rahman"),
        ("mother-birthday", "Marta Weiss <marta@family.example>", "2025-08-20", "Mum turns seventy", "Hi Clara,\n\nwhat shall we give her? I thought of a weekend in Vienna with tickets for the opera. We could share the cost among the three of us.\n\nMarta"),
        ("mother-speech", Me, "2025-08-22", "Re: Mum turns seventy", "Hi Marta,\n\nlovely idea. I will say a few words at dinner if you take care of the slide show with the old photographs.\n\nClara"),
        ("mother-hospital", "Peter Weiss <peter@family.example>", "2025-10-15", "Mum", "Hi,\n\ndon't worry, but Mum has slipped on the stairs and broken her wrist. She can go home tomorrow. Could you stay with her over the weekend?\n\nPeter"),
        ("book-club", "Ines Duarte <ines@readers.example>", "2025-04-02", "Next book", "Dear readers,\n\nwe have agreed on the novel by Tove Jansson about the island. We will meet at my place on the last Wednesday of the month; I will make soup.\n\nInes"),
        ("book-return", "City Library <noreply@library.example>", "2025-05-20", "Reminder", "Dear reader,\n\ntwo items are overdue since last week. A fee of one euro is charged for every further week.\n\nYour library"),
        ("dog-vet", "Dr. Lehmann <vet@animals.example>", "2025-04-25", "Bruno", "Dear Ms Weiss,\n\nBruno's ear is inflamed. Please put in the drops twice a day for a week, and keep him from swimming.\n\nE. Lehmann"),
        ("dog-sitter", "Tom Adler <tom@mail.example>", "2025-06-30", "Bruno", "Hi Clara,\n\nsure, I can look after the dog while you are away. Just leave me the key and enough food. He can sleep on our sofa.\n\nTom"),
        ("phone-contract", "FonFix <service@fonfix.example>", "2025-07-21", "Your contract", "Dear customer,\n\nwe are sorry that you want to leave us. Your cancellation takes effect on the 31st of October. You may take your number with you.\n\nFonFix"),
        ("kitchen-table", "Nordic Home <orders@nordichome.example>", "2025-09-12", "Order 5520", "Dear Ms Weiss,\n\nthe table made of oak will be brought to you in calendar week 42. Two men will carry it upstairs. Please measure your staircase beforehand.\n\nNordic Home"),
        ("tax-papers", "Ulrich Stein <stein@taxes.example>", "2025-05-26", "Tax return 2024", "Dear Ms Weiss,\n\nI still need the receipts for the childcare and the donation to the choir. If I have them by mid-June, you will get about nine hundred euros back.\n\nU. Stein"),
    ];

    public static IReadOnlyList<(string Question, string Id)> Questions { get; } =
    [
        ("how much does it cost to repair the roof", "roof-offer"),
        ("cheaper price from the roofer without the chimney", "roof-final"),
        ("when are we going on holiday with Marta", "holiday-dates"),
        ("do we have to bring bed linen to the lake house", "holiday-cottage"),
        ("until when did the printer need our files", "printer-deadline"),
        ("I complained about the colour of the cover", "printer-colours"),
        ("what did my blood test show", "doctor-results"),
        ("when do I have to be at the doctor", "doctor-appointment"),
        ("where do the kids meet for the class excursion", "school-trip"),
        ("nut allergy", "school-lena"),
        ("when does the plumber come to fix the heating", "flat-plumber"),
        ("rent increase letter from the landlord", "flat-rent"),
        ("what interest did the bank offer for the mortgage", "bank-mortgage"),
        ("which salary statements did I send to Mr Sommer", "bank-slips"),
        ("offer for the new job", "job-offer"),
        ("my notice to quit at the old company", "job-resign"),
        ("what did Ravi want to save money on", "team-budget"),
        ("angry customer about shipments that were not on time", "team-customer"),
        ("how did I apologise for the truck that broke down", "team-apology"),
        ("date of the Christmas party at work", "team-party"),
        ("neighbour complaining that our hedge takes the light", "garden-hedge"),
        ("tomato plants from my brother", "garden-seeds"),
        ("what clothes do we need for the choir concert", "choir-dress"),
        ("I was ill and could not come to sing", "choir-absence"),
        ("what was wrong with the car", "car-repair"),
        ("does the insurance pay for the crash", "car-insurance"),
        ("present for mother's birthday", "mother-birthday"),
        ("who takes care of Bruno during our vacation", "dog-sitter"),
        ("when is the dining table delivered", "kitchen-table"),
        ("documents the accountant is missing", "tax-papers"),
    ];

    /// <summary>Writes it as a mailbox with a folder of sent mail.</summary>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "Inbox.mbox"), Mbox(Mails.Where(mail => mail.From != Me)));
        File.WriteAllText(Path.Combine(folder, "Sent.mbox"), Mbox(Mails.Where(mail => mail.From == Me)));
    }

    public static string Mbox(IEnumerable<(string Id, string From, string Day, string Subject, string Text)> mails)
    {
        StringBuilder text = new();
        foreach ((string id, string from, string day, string subject, string body) in mails)
        {
            string date = DateTime.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString("ddd, dd MMM yyyy 10:00:00 +0100", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"From x\nFrom: {from}\nTo: {(from == Me ? "someone@elsewhere.example" : Me)}\nSubject: {subject}\nDate: {date}\nMessage-ID: <{id}@made.up>\nContent-Type: text/plain; charset=utf-8\n\n{body}\n\n");
        }

        return text.ToString();
    }
}
