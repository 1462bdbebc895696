namespace NanoFormer.Contract.Tests;

public class NativeTableTests
{
    private static readonly NativeTable Table = new("Tiny");

    private static readonly InteropContract Contract =
        new("TinyInterop", new Version(1, 0, 2, 3), 0x0012ABCD, [null, "Native::Add___STATIC__I4", null, "Native::Sub___STATIC__I4"]);

    [Fact]
    public void A_table_that_was_written_reads_the_same()
    {
        var read = Table.Read(Table.Write(Contract));
        Assert.Equal(Contract.Methods, read.Methods);
        Assert.Empty(Contract.DifferencesIn(read));
    }

    [Fact]
    public void Comments_do_not_count()
    {
        string source = Table.Write(Contract).Replace("    NULL,", "    NULL, // NULL,\n /* NULL, */", StringComparison.Ordinal);
        Assert.Empty(Contract.DifferencesIn(Table.Read(source)));
    }

    [Theory]
    [InlineData("0x0012ABCD", "0x0012ABCE", "checksum")]
    [InlineData("\"TinyInterop\"", "\"TinyInterop2\"", "assembly")]
    [InlineData("{ 1, 0, 2, 3 }", "{ 1, 0, 2, 4 }", "version")]
    [InlineData("Add___STATIC__I4", "Add___STATIC__U4", "Method 1 ")]
    [InlineData("    NULL,\n    Library", "    Library", "has 2")]
    [InlineData("    NULL,\n", "    NULL,\n    NULL,\n", "has 6")]
    public void A_planted_difference_is_named(string original, string planted, string named)
    {
        string source = Table.Write(Contract).Replace(original, planted, StringComparison.Ordinal);
        Assert.Contains(Contract.DifferencesIn(Table.Read(source)), difference => difference.Contains(named, StringComparison.Ordinal));
    }

    [Fact]
    public void A_method_of_another_library_is_refused()
    {
        string source = Table.Write(Contract).Replace("Library_Tiny_", "Library_Other_", StringComparison.Ordinal);
        Assert.Throws<ContractException>(() => Table.Read(source));
    }

    [Fact]
    public void A_source_without_a_table_is_refused() => Assert.Throws<ContractException>(() => Table.Read("int main() { return 0; }"));
}
