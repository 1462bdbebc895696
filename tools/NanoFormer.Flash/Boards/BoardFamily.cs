namespace NanoFormer.Flash;

/// <summary>How a board is flashed.</summary>
public enum BoardFamily
{
    /// <summary>Over a serial port by the chip's own boot loader; the flash has a partition table.</summary>
    Esp32,

    /// <summary>Through an ST-LINK probe; the regions of the flash are built into the firmware.</summary>
    Stm32,

    /// <summary>As a USB drive that the chip's own boot loader shows; the regions of the flash are built into the firmware.</summary>
    Pico,
}
