using System.CommandLine;
using NanoFormer.Cli.Reports;
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
        var output = new Option<string>("--out") { Description = "Folder for the new model and its card; the old model stays.", Required = true };
        var windows = new Option<int>("--windows")
        {
            Description = "Windows of each class to learn from, as many of every bout, at least 10; the rest is judged.",
            DefaultValueFactory = _ => 20,
        };
        var trust = new Option<bool>("--trust-labels") { Description = "Learn labels too that the model takes for another class nearly always." };
        var json = new Option<bool>("--json") { Description = "Write the card to standard output as JSON." };
        var command = new Command("personalize", "Fit a model to its wearer, from the wearer's own labelled recordings.")
        {
            model, recordings, dataset, output, windows, trust, json,
        };
        command.SetAction(parse =>
        {
            string folder = parse.GetRequiredValue(output);
            using var stop = new StopSignals();
            var request = new PersonalRequest
            {
                Model = parse.GetRequiredValue(model),
                Recordings = parse.GetRequiredValue(recordings),
                Dataset = parse.GetRequiredValue(dataset),
                OutputFolder = folder,
                Command = PortableText.CommandLine(parse),
                Windows = parse.GetValue(windows),
                TrustLabels = parse.GetValue(trust),
            };
            var card = TrainingProgressBars.Run(progress => PersonalRun.Execute(request, progress, stop.Token));
            Console.Out.WriteLine(parse.GetValue(json) ? card.ToJson() : $"{card.ToPage()}\nwritten to {folder}");
            return 0;
        });
        return command;
    }
}
