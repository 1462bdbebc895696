namespace NanoFormer.Cli.Demo;

/// <summary>What <c>demo</c> was asked to do.</summary>
/// <param name="ModelPath">Image, or folder of a shipped model.</param>
/// <param name="Recording">Packed data set or CSV file to replay; null for the synthetic wearer.</param>
/// <param name="Subject">Subject of the data set; null for the first.</param>
/// <param name="Core">Where the model runs.</param>
/// <param name="Seed">Seed of the synthetic wearer and of the sensor's noise.</param>
/// <param name="Faults">Named faults to inject.</param>
/// <param name="JsonPath">File for the summary; null for none.</param>
internal sealed record DemoOptions(
    string ModelPath, string? Recording, string? Subject, string Core, int Seed, IReadOnlyList<string> Faults, string? JsonPath);
