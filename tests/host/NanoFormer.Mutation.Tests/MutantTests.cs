namespace NanoFormer.Mutation.Tests;

public sealed class MutantTests
{
    [Theory]
    [InlineData("x = a < b;", "x = a <= b;")]
    [InlineData("x = n - 3;", "x = n + 3;", "x = n - (3 + 1);")]
    [InlineData("x = -y;")]
    [InlineData("return false; // if (a < 1)", "return true; // if (a < 1)")]
    [InlineData("#include <a>\n#define N 3", "#include <a>\n#define N (3 + 1)")]
    [InlineData("s = \"a < 1\"; c = '<'; /* 1 */")]
    [InlineData("return a && f(b, c);", "return a || f(b, c);", "return a && true;", "return true && f(b, c);")]
    [InlineData("x = a || b || c;",
        "x = a && b || c;", "x = a || false || c;", "x = false || b || c;", "x = a || b && c;", "x = a || b || false;")]
    [InlineData("if (f(a)) { g(); }", "if (false && (f(a))) { g(); }")]
    [InlineData("x = !a;", "x = a;")]
    public void Each_fault_is_put_in_alone(string source, params string[] mutants) =>
        Assert.Equal(mutants, Mutant.Of(source).Select(mutant => mutant.Source));

    [Fact]
    public void A_fault_has_its_line() => Assert.Equal(3, Assert.Single(Mutant.Of("a;\n/*\n*/ x = y == z;")).Line);

    [Fact]
    public void Every_target_has_files_that_are_there_and_equivalent_faults_that_can_be_put_in()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "NanoFormer.slnx")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        var targets = MutationTarget.ReadAll(Path.Combine(root, "tools", "NanoFormer.Mutation", "targets.json"));
        Assert.NotEmpty(targets);
        Assert.All(targets.Values.SelectMany(target => target.Files), file => Assert.True(File.Exists(Path.Combine(root, file)), file));
        Assert.All(targets.Values.SelectMany(target => target.Equivalent), known =>
            Assert.Contains(known.Line, Mutant.Of(File.ReadAllText(Path.Combine(root, known.File))).Select(mutant => mutant.Text)));
        Assert.All(targets.Values, target => Assert.All(target.Equivalent, known => Assert.Contains(known.File, target.Files)));
    }
}
