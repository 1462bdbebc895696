namespace NanoFormer.Training.Network;

/// <summary>Names of the activations inside an attention.</summary>
/// <param name="Name">Of the attention.</param>
internal readonly record struct AttentionNames(string Name)
{
    public string Queries => Name + ".queries";

    public string Keys => Name + ".keys";

    public string Values => Name + ".values";

    public string Scores => Name + ".scores";

    public string Context => Name + ".context";
}
