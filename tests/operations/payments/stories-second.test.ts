import { openStage, tellStories } from "@/tests/support/money-model/tell";

// A quarter of the long story: files of their own are told beside each other, on as many cores as there are.
tellStories(openStage(), 200, 12_500);
