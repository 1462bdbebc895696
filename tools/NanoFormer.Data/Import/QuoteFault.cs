namespace NanoFormer.Data.Import;

/// <summary>Set by the CSV parser when quotes of the current row are not in order.</summary>
internal sealed class QuoteFault
{
    public bool Seen { get; set; }
}
