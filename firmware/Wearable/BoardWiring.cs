namespace NanoFormer.Wearable
{
    /// <summary>How the sensor and the log are wired to the board.</summary>
    internal static class BoardWiring
    {
        /// <summary>I2C bus of the sensor; the first one on an ESP32, the header's one on a Raspberry Pi.</summary>
        internal const int I2cBus = 1;

        /// <summary>I2C address of the sensor with AD0 low.</summary>
        internal const int SensorAddress = 0x68;

        /// <summary>Pin that the sensor's INT drives; one of the RTC pins of an ESP32, so that it can end deep sleep.</summary>
        internal const int InterruptPin = 4;

        /// <summary>Speed of the log in baud, 8N1.</summary>
        internal const int BaudRate = 115200;

        /// <summary>Milliseconds after which a log line is given up.</summary>
        internal const int WriteTimeoutMilliseconds = 500;

#if NANOFRAMEWORK_1_0
        /// <summary>Serial port of the log.</summary>
        internal const string SerialPort = "COM2";
#else
        /// <summary>Serial port of the log.</summary>
        internal const string SerialPort = "/dev/serial0";

        /// <summary>Environment variable with the path of the model image.</summary>
        internal const string ModelVariable = "NANOFORMER_MODEL";
#endif
    }
}
