using System.CommandLine;
using NanoFormer.Training.Personal;

namespace NanoFormer.Cli.Commands;

/// <summary><c>personalize MODEL LOG --dataset DIR --out DIR</c>: a model fitted to its wearer, if that makes it better.</summary>
internal static class PersonalizeCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("MODEL") { Description = "A model's folder, such as model-blobs/wearable-har." };
        var recordings = new Argument<string>("LOG")
        {
            Description = "The wearer's labelled recordings: a device's log with collect records, a folder of logs, or a data set of recordings.",
        };
        var dataset = new Option<string>("--dataset") { Description = "The data set that the model was trained on.", Required = true };
        var output = new Option<string>("--out") { Description = "Folder for the new image and its card; the old model stays.", Required = true };
        var windows = new Option<int>("--windows")
        {
            Description = "Windows of each class to learn from, as many of every recording; the rest is judged.",
            DefaultValueFactory = _ => 20,
        };
        var seed = new Option<int>("--seed") { Description = "Seed of everything random.", DefaultValueFactory = _ => 1 };
        var trust = new Option<bool>("--trust-labels") { Description = "Learn labels too that the model takes for another class nearly always." };
        var json = new Option<bool>("--json") { Description = "Write the card to standard output as JSON." };
        var command = new Command("personalize", "Fit a model to its wearer, from the wearer's own labelled recordings.")
        {
            model, recordings, dataset, output, windows, seed, trust, json,
        };
        command.SetAction(parse =>
        {
            string folder = parse.GetRequiredValue(output);
            using var stop = new StopSignals();
            var card = PersonalRun.Execute(
                parse.GetRequiredValue(model), parse.GetRequiredValue(recordings), parse.GetRequiredValue(dataset), folder,
                new PersonalOptions { Windows = parse.GetValue(windows), Seed = parse.GetValue(seed), TrustLabels = parse.GetValue(trust) },
                PortableText.CommandLine(parse), stop.Token);
            Console.Out.WriteLine(parse.GetValue(json) ? card.ToJson() : $"{card.ToPage()}\nwritten to {folder}");
            return 0;
        });
        return command;
    }
}
