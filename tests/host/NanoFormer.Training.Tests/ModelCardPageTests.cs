using NanoFormer.Training.Cards;

namespace NanoFormer.Training.Tests;

public sealed class ModelCardPageTests
{
    private const string UpdateVariable = "NANOFORMER_UPDATE_GOLDEN";
    private const int Columns = 140;

    public static TheoryData<string> Models =>
        [.. Directory.GetFiles(Repository.ModelsFolder, TrainingRun.CardFile, SearchOption.AllDirectories)
            .Select(path => Path.GetFileName(Path.GetDirectoryName(path)!))];

    [Theory]
    [MemberData(nameof(Models))]
    public void The_page_of_a_shipped_model_is_that_of_its_card(string model)
    {
        string folder = Path.Combine(Repository.ModelsFolder, model);
        string page = ModelCardPage.Write(ModelCard.Parse(File.ReadAllText(Path.Combine(folder, TrainingRun.CardFile))));
        string path = Path.Combine(folder, TrainingRun.PageFile);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(path, page);
        }

        Assert.Equal(page, File.ReadAllText(path));
        Assert.All(page.Split('\n').Where(IsProse), line => Assert.InRange(line.Length, 0, Columns));
    }

    [Fact]
    public void Prose_is_wrapped_and_nothing_else()
    {
        string word = new string('w', 69);
        string code = "    " + string.Join(' ', word, word, word);
        string row = "| " + string.Join(' ', word, word, word) + " |";

        Assert.Equal($"# {word} {word} {word}\n{word} {word}\n{word}\n\n{code}\n\n{row}\n",
            Prose.Wrap($"# {word} {word} {word}\n{word}\n{word} {word}\n\n{code}\n\n{row}"));
        Assert.Equal($"{word}{word}{word}\nw\n", Prose.Wrap($"{word}{word}{word} w\n"));
    }

    private static bool IsProse(string line) => !line.StartsWith('|') && !line.StartsWith("    ", StringComparison.Ordinal);
}
